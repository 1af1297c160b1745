package org.encore.torch;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.encore.api.weights.Weights;
import org.encore.graph.DType;
import org.encore.graph.Parameter;
import org.encore.graph.Program;
import org.encore.torch.script.ProgramScript;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;

/** Any program on libtorch, in fp32 and without dropout: for comparing with other interpreters. */
public final class TorchProgram implements AutoCloseable {

    private final Program program;
    private final ProgramScript script;
    private final PtNDManager manager;
    private final PtSymbolBlock module;
    private final Map<String, NDArray> parameters = new LinkedHashMap<>();

    /**
     * Compiles a program.
     *
     * @throws org.encore.api.Unavailable if libtorch cannot be loaded here
     */
    public TorchProgram(Program program, Weights weights) {
        this(program, weights, TorchDevice.CPU);
    }

    /**
     * Compiles a program for a device.
     *
     * @throws org.encore.api.Unavailable if libtorch cannot be loaded, or the device is not here
     */
    public TorchProgram(Program program, Weights weights, TorchDevice device) {
        device.require();
        this.program = program;
        this.script = ProgramScript.of(program, device.ofScript());
        this.manager = Libtorch.manager(device);
        this.module = Libtorch.load(manager, script.archive());
        for (Parameter parameter : script.parameters()) {
            Weights.Values values = weights.of(parameter);
            NDArray array = manager.create(values.toArray(), new Shape(values.shape()));
            array.setRequiresGradient(true);
            array.setName("P[]");
            parameters.put(parameter.name(), array);
        }
    }

    /**
     * An input or output.
     *
     * @param shape sizes, outermost first
     * @param data elements, row by row; converted to what the program's input takes
     */
    public record Array(long[] shape, double[] data) {}

    /**
     * All outputs by name.
     *
     * @throws IllegalArgumentException if an input is missing
     */
    public Map<String, Array> run(Map<String, Array> inputs) {
        return Libtorch.alone(engine -> forward(inputs));
    }

    private Map<String, Array> forward(Map<String, Array> inputs) {
        try (PtNDManager call = (PtNDManager) manager.newSubManager()) {
            NDList outputs = IValueUtils.forward(module, list(call, inputs), false);
            outputs.attach(call);
            var arrays = new LinkedHashMap<String, Array>();
            for (int i = 0; i < outputs.size(); i++) {
                arrays.put(script.outputs().get(i), array(outputs.get(i)));
            }
            return arrays;
        }
    }

    /**
     * Gradients of an output by every parameter; of a parameter that does not reach the output, zeros.
     *
     * @param output name of a scalar
     * @throws IllegalArgumentException if an input is missing, or the output is unknown or no scalar
     */
    public Map<String, Array> gradients(String output, Map<String, Array> inputs) {
        if (program.output(output).shape().rank() != 0) {
            throw new IllegalArgumentException("output " + output + " is " + program.output(output).type() + ". Give the name of a scalar.");
        }
        return Libtorch.alone(engine -> backward(engine, script.outputs().indexOf(output), inputs));
    }

    private Map<String, Array> backward(Engine libtorch, int place, Map<String, Array> inputs) {
        try (PtNDManager call = (PtNDManager) manager.newSubManager()) {
            try (GradientCollector collector = libtorch.newGradientCollector()) {
                NDList outputs = IValueUtils.forward(module, list(call, inputs), true);
                outputs.attach(call);
                collector.backward(outputs.get(place));
            }
            var gradients = new HashMap<String, Array>();
            parameters.forEach((name, parameter) -> {
                NDArray gradient = parameter.getGradient();
                gradient.attach(call);
                gradients.put(name, array(gradient));
                JniUtils.zeroGrad((PtNDArray) parameter); // gradients add up from call to call
            });
            return gradients;
        }
    }

    private NDList list(PtNDManager call, Map<String, Array> inputs) {
        var list = new NDList();
        for (String name : script.inputs()) {
            Array array = inputs.get(name);
            if (array == null) {
                throw new IllegalArgumentException("program " + program.name() + " needs input " + name + "; given are " + inputs.keySet());
            }
            list.add(create(call, program.input(name).dtype(), array));
        }
        list.addAll(parameters.values());
        return list;
    }

    private static NDArray create(PtNDManager call, DType dtype, Array array) {
        var shape = new Shape(array.shape());
        double[] data = array.data();
        return switch (dtype) {
            case FLOAT -> {
                var floats = new float[data.length];
                for (int i = 0; i < data.length; i++) {
                    floats[i] = (float) data[i];
                }
                yield call.create(floats, shape);
            }
            case INT -> call.create(java.util.Arrays.stream(data).mapToLong(x -> (long) x).toArray(), shape);
            case BOOL -> {
                var truths = new boolean[data.length];
                for (int i = 0; i < data.length; i++) {
                    truths[i] = data[i] != 0;
                }
                yield call.create(truths, shape);
            }
        };
    }

    private static Array array(NDArray array) {
        Number[] elements = array.toArray();
        var data = new double[elements.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = elements[i].doubleValue();
        }
        return new Array(array.getShape().getShape(), data);
    }

    @Override
    public void close() {
        List.copyOf(parameters.values()).forEach(NDArray::close);
        module.close();
        manager.close();
    }
}
