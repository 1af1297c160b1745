package org.encore.torch.script;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.encore.api.training.TrainingSettings.Precision;
import org.encore.graph.Parameter;
import org.encore.graph.Program;

/**
 * The module that evaluates any program; {@code forward} gives all outputs as a list.
 *
 * @param inputs names, in order
 * @param parameters in the order of the list P
 * @param outputs names, in order
 * @param archive to load
 */
public record ProgramScript(List<String> inputs, List<Parameter> parameters, List<String> outputs, byte[] archive) {

    /** @param device where the program's tensors lie, as TorchScript writes it */
    public static ProgramScript of(Program program, String device) {
        List<String> inputs = program.inputs().stream().map(Program::label).toList();
        List<Parameter> parameters = program.parameters();
        var places = new HashMap<String, Integer>();
        parameters.forEach(p -> places.put(p.name(), places.size()));
        // names of a program may hold dots; those of arguments may not
        var variables = new HashMap<String, String>();
        for (int i = 0; i < inputs.size(); i++) {
            variables.put(inputs.get(i), "i" + i);
        }
        var code = new Code();
        Map<String, String> emitted = new Emitter(code, places, Precision.FP32, false, device).emit(program, variables);
        List<String> outputs = List.copyOf(program.outputs().keySet());
        String result = "[" + String.join(", ", outputs.stream().map(emitted::get).toList()) + "]";
        String source = signature("forward", inputs.stream().map(variables::get).toList(), "List[Tensor]") + code + "    return " + result + "\n";
        return new ProgramScript(inputs, parameters, outputs, Archive.of(source));
    }

    static String signature(String method, List<String> inputs, String result) {
        return "  def " + method + "(self: __torch__.M,\n    " + String.join(",\n    ", inputs.stream().map(i -> i + ": Tensor").toList())
                + ",\n    P: List[Tensor]) -> " + result + ":\n";
    }
}
