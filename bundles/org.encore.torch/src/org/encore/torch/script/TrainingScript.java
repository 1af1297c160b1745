package org.encore.torch.script;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.encore.api.training.TrainingSettings;
import org.encore.api.training.TrainingSettings.AdamW;
import org.encore.graph.Model;
import org.encore.graph.Names;
import org.encore.graph.Parameter;
import org.encore.graph.Program;
import org.encore.graph.Tensor;

/**
 * The module that trains a model: {@code forward} gives the loss with dropout, {@code evaluate} without, {@code update} clips and applies AdamW.
 *
 * @param parameters in the order of the list P: those that decay first
 * @param decayed how many of them decay
 * @param inputs of forward and evaluate, in order, those of the teacher last; the list P follows
 * @param archive to load
 */
public record TrainingScript(List<Parameter> parameters, int decayed, List<String> inputs, byte[] archive) {

    /** Inputs of every training. */
    private static final List<String> COMMON = List.of(Names.SOURCE, Names.SOURCE_LENGTHS, Names.TARGET, Names.TARGET_LENGTHS, Names.LABELS, "scale");
    /** What an objective may read of a teacher. */
    private static final List<String> TEACHER = List.of(Names.TEACHER_TOKENS, Names.TEACHER_LOG_PROBABILITIES, Names.TEACHER_TAIL, Names.TEACHER_WEIGHT,
            Names.LABEL_WEIGHT, Names.TEMPERATURE, Names.TEACHER_STATES, Names.STATE_WEIGHT);

    /** @param device where the training's tensors lie, as TorchScript writes it */
    public static TrainingScript of(Model model, Program objective, TrainingSettings settings, String device) {
        var byName = new LinkedHashMap<String, Parameter>();
        model.train().parameters().forEach(p -> byName.put(p.name(), p));
        objective.parameters().forEach(p -> byName.putIfAbsent(p.name(), p));
        List<Parameter> decaying = byName.values().stream().filter(p -> p.shape().rank() >= 2).toList();
        var ordered = new ArrayList<>(decaying);
        byName.values().stream().filter(p -> p.shape().rank() < 2).forEach(ordered::add);
        List<String> inputs = inputs(objective, model.train().outputs().keySet());
        String methods = loss("forward", model, objective, inputs, ordered, settings, true, device)
                + loss("evaluate", model, objective, inputs, ordered, settings, false, device) + update(decaying.size(), ordered.size(), settings);
        return new TrainingScript(List.copyOf(ordered), decaying.size(), inputs, Archive.of(methods));
    }

    /** @param computed outputs of the train program, which an objective may read too */
    private static List<String> inputs(Program objective, Set<String> computed) {
        var inputs = new ArrayList<>(COMMON);
        for (Tensor input : objective.inputs()) {
            String name = Program.label(input);
            if (TEACHER.contains(name)) {
                inputs.add(name);
            } else if (!COMMON.contains(name) && !computed.contains(name) && !name.equals(Names.MASK)) {
                throw new IllegalArgumentException("objective " + objective.name() + " reads " + name + ", which no batch has. An objective may read "
                        + Names.LOGITS + ", " + Names.LABELS + ", " + Names.MASK + ", " + String.join(", ", TEACHER));
            }
        }
        return List.copyOf(inputs);
    }

    private static String loss(String method, Model model, Program objective, List<String> arguments, List<Parameter> parameters,
            TrainingSettings settings, boolean training, String device) {
        var places = new HashMap<String, Integer>();
        parameters.forEach(p -> places.put(p.name(), places.size()));
        var code = new Code();
        var inputs = new HashMap<String, String>();
        arguments.forEach(name -> inputs.put(name, name));
        inputs.putAll(new Emitter(code, places, settings.precision(), training, device).emit(model.train(), inputs));
        String time = code.call("arange", code.call("size", Names.LABELS, 1), "dtype=4", "layout=None", "device=" + device, "pin_memory=None");
        inputs.put(Names.MASK, code.call("lt", time, code.call("reshape", Names.TARGET_LENGTHS, "[-1, 1]")));
        String loss = new Emitter(code, places, TrainingSettings.Precision.FP32, training, device).emit(objective, inputs).get(Names.LOSS);
        String scaled = code.call("mul", loss, "scale");
        return ProgramScript.signature(method, arguments, "Tensor") + code + "    return " + scaled + "\n";
    }

    /**
     * Clipping by the global norm and fused AdamW. D are the decaying parameters, N the others; G their gradients, A and B the moments, S the
     * step counts. Gradients are zeroed for the next step. Returns the norm before clipping.
     */
    private static String update(int decayed, int all, TrainingSettings settings) {
        var arguments = new ArrayList<String>();
        var body = new StringBuilder();
        var gradients = new ArrayList<String>();
        for (String group : groups(decayed, all)) {
            for (String list : List.of("P", "G", "A", "B", "S")) {
                arguments.add(group + list);
            }
            gradients.add(group + "G");
        }
        body.append("    norm = torch.norm(torch.stack([").append(String.join(", ", gradients.stream()
                .map(g -> "torch.norm(torch.stack(torch._foreach_norm(" + g + ", 2)), 2)").toList())).append("]), 2)\n");
        if (settings.clip() > 0) {
            body.append("    coef = torch.clamp(torch.mul(torch.reciprocal(torch.add(norm, 1e-6)), ").append(settings.clip())
                    .append("), None, 1.)\n");
            gradients.forEach(g -> body.append("    torch._foreach_mul_(").append(g).append(", coef)\n"));
        }
        AdamW adam = settings.optimizer();
        for (String g : groups(decayed, all)) {
            body.append("    torch._foreach_add_(").append(g).append("S, 1)\n");
            body.append("    torch._fused_adamw_(").append(g).append("P, ").append(g).append("G, ").append(g).append("A, ").append(g).append("B, E, ")
                    .append(g).append("S, lr=lr, beta1=").append(adam.beta1()).append(", beta2=").append(adam.beta2()).append(", weight_decay=")
                    .append(g.equals("D") ? adam.weightDecay() : 0.0).append(", eps=").append(adam.epsilon())
                    .append(", amsgrad=False, maximize=False, grad_scale=None, found_inf=None)\n");
            body.append("    torch._foreach_zero_(").append(g).append("G)\n");
        }
        return "  def update(self: __torch__.M,\n    " + String.join(",\n    ", arguments.stream().map(a -> a + ": List[Tensor]").toList())
                + ",\n    E: List[Tensor],\n    lr: float) -> Tensor:\n" + body + "    return norm\n";
    }

    private static List<String> groups(int decayed, int all) {
        return decayed == 0 ? List.of("N") : decayed == all ? List.of("D") : List.of("D", "N");
    }
}
