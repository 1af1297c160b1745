package org.encore.torch;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.encore.api.training.Batch;
import org.encore.api.training.Guidance;
import org.encore.api.training.TrainingSession;
import org.encore.api.training.TrainingSettings;
import org.encore.api.weights.Weights;
import org.encore.graph.Model;
import org.encore.graph.Names;
import org.encore.graph.Parameter;
import org.encore.torch.script.TrainingScript;
import org.jspecify.annotations.Nullable;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;

/**
 * A model on libtorch. Everything that a step creates lives in that step's own manager and is freed with it. Sessions of one process take turns,
 * step by step, so that each draws its own dropout.
 */
public final class TorchSession implements TrainingSession {

    private static final String MEAN = "adamw.m.";
    private static final String SQUARE = "adamw.v.";
    private static final String STEPS = "adamw.steps";

    private final Model model;
    private final TrainingScript script;
    private final TrainingSettings settings;
    /** Where the parameters come from that the train program does not use. */
    private Weights source;
    private final PtNDManager manager;
    private final PtSymbolBlock module;
    private final List<PtNDArray> parameters = new ArrayList<>();
    private final List<PtNDArray> means = new ArrayList<>();
    private final List<PtNDArray> squares = new ArrayList<>();
    private final List<PtNDArray> steps = new ArrayList<>();

    TorchSession(Model model, TrainingScript script, TrainingSettings settings, Weights start, TorchDevice device) {
        this.model = model;
        this.script = script;
        this.settings = settings;
        this.source = start;
        script.parameters().forEach(start::of); // before anything is allocated
        this.manager = Libtorch.manager(device);
        this.module = Libtorch.load(manager, script.archive());
        fill(start, null, 0);
    }

    /** Replaces all tensors; without moments they start at zero. */
    private void fill(Weights weights, @Nullable Weights moments, float count) {
        release();
        for (Parameter parameter : script.parameters()) {
            PtNDArray array = create(weights.of(parameter));
            array.setRequiresGradient(true);
            array.setName("P[]");
            parameters.add(array);
            means.add(moment(moments, MEAN, parameter));
            squares.add(moment(moments, SQUARE, parameter));
            steps.add((PtNDArray) manager.create(new float[] {count}, new Shape()));
        }
    }

    private PtNDArray moment(@Nullable Weights moments, String prefix, Parameter parameter) {
        if (moments == null) {
            return (PtNDArray) manager.zeros(new Shape(shape(parameter)));
        }
        return create(moments.of(moment(prefix, parameter)));
    }

    private static Parameter moment(String prefix, Parameter parameter) {
        return new Parameter(prefix + parameter.name(), parameter.shape(), parameter.initializer());
    }

    private static long[] shape(Parameter parameter) {
        return parameter.shape().evaluate(Map.of());
    }

    private PtNDArray create(Weights.Values values) {
        return (PtNDArray) manager.create(values.toArray(), new Shape(values.shape()));
    }

    @Override
    public Update step(long step, double learningRate, List<Batch> batches) {
        long total = batches.stream().mapToLong(Batch::labelTokens).sum();
        if (total == 0) {
            throw new IllegalArgumentException("step " + step + " has no label to learn from. Give batches with target positions.");
        }
        return Libtorch.alone(engine -> step(engine, step, learningRate, batches, total));
    }

    private Update step(Engine libtorch, long step, double learningRate, List<Batch> batches, long total) {
        JniUtils.setNumThreads(settings.threads());
        JniUtils.setSeed(settings.seed() * 0x9E3779B97F4A7C15L + step);
        double loss = 0;
        long engine = 0;
        try (PtNDManager ofStep = (PtNDManager) manager.newSubManager()) {
            for (Batch batch : batches) {
                NDList inputs = inputs(ofStep, batch, (float) batch.labelTokens() / total);
                long begun = System.nanoTime();
                try (GradientCollector collector = libtorch.newGradientCollector()) {
                    NDArray scaled = IValueUtils.forward(module, inputs, true).singletonOrThrow();
                    scaled.attach(ofStep);
                    collector.backward(scaled);
                    loss += scaled.getFloat();
                }
                engine += System.nanoTime() - begun;
            }
            List<PtNDArray> gradients = new ArrayList<>();
            for (PtNDArray parameter : parameters) {
                PtNDArray gradient = (PtNDArray) parameter.getGradient(); // a new handle each time, attached to the parameter's manager
                gradient.attach(ofStep);
                gradients.add(gradient);
            }
            long begun = System.nanoTime();
            double norm = update(gradients, learningRate, ofStep);
            engine += System.nanoTime() - begun;
            return new Update(loss, norm, engine);
        }
    }

    private double update(List<PtNDArray> gradients, double learningRate, PtNDManager ofStep) {
        var arguments = new ArrayList<IValue>();
        int decayed = script.decayed();
        for (int[] group : new int[][] {{0, decayed}, {decayed, parameters.size()}}) {
            if (group[0] < group[1]) {
                for (List<PtNDArray> list : List.of(parameters, gradients, means, squares, steps)) {
                    arguments.add(IValue.listFrom(list.subList(group[0], group[1]).toArray(PtNDArray[]::new)));
                }
            }
        }
        arguments.add(IValue.listFrom(new PtNDArray[0]));
        arguments.add(IValue.from(learningRate));
        try (IValue result = IValueUtils.runMethod(module, "update", arguments.toArray(IValue[]::new))) {
            return result.toTensor(ofStep).getFloat();
        } finally {
            arguments.forEach(IValue::close);
        }
    }

    private NDList inputs(PtNDManager ofStep, Batch batch, float scale) {
        var rows = new Shape(batch.rows());
        var target = new Shape(batch.rows(), batch.targetTime());
        var inputs = new NDList(ofStep.create(batch.source(), new Shape(batch.rows(), batch.sourceTime())),
                ofStep.create(batch.sourceLengths(), rows), ofStep.create(batch.target(), target), ofStep.create(batch.targetLengths(), rows),
                ofStep.create(batch.labels(), target), ofStep.create(new float[] {scale}, new Shape()));
        for (String name : script.inputs().subList(inputs.size(), script.inputs().size())) {
            inputs.add(taught(ofStep, batch, name));
        }
        inputs.addAll(parameters);
        return inputs;
    }

    /** What the objective reads of a teacher, and how it weighs it. */
    private static NDArray taught(PtNDManager ofStep, Batch batch, String name) {
        return switch (name) {
            case Names.TEACHER_WEIGHT -> scalar(ofStep, weights(batch, name).teacher());
            case Names.LABEL_WEIGHT -> scalar(ofStep, weights(batch, name).labels());
            case Names.TEMPERATURE -> scalar(ofStep, weights(batch, name).temperature());
            case Names.TEACHER_STATES ->
                    ofStep.create(states(batch, name).values(), new Shape(batch.rows(), batch.targetTime(), states(batch, name).width()));
            case Names.STATE_WEIGHT -> scalar(ofStep, states(batch, name).weight());
            default -> said(ofStep, batch, name);
        };
    }

    private static NDArray scalar(PtNDManager ofStep, double value) {
        return ofStep.create(new float[] {(float) value}, new Shape());
    }

    private static Batch.Weights weights(Batch batch, String name) {
        return batch.weights().orElseThrow(() -> new IllegalArgumentException("the objective reads " + name + ", but the batch has no weights of its parts"));
    }

    private static Batch.States states(Batch batch, String name) {
        return batch.states().orElseThrow(() -> new IllegalArgumentException("the objective reads " + name
                + ", but the batch has no hidden states of a teacher"));
    }

    private static NDArray said(PtNDManager ofStep, Batch batch, String name) {
        return switch (batch.guidance().orElse(null)) {
            case Guidance.Top top when name.equals(Names.TEACHER_TOKENS) ->
                    ofStep.create(top.tokens(), new Shape(batch.rows(), batch.targetTime(), top.k()));
            case Guidance.Top top when name.equals(Names.TEACHER_LOG_PROBABILITIES) ->
                    ofStep.create(top.logProbabilities(), new Shape(batch.rows(), batch.targetTime(), top.k()));
            case Guidance.Top top when name.equals(Names.TEACHER_TAIL) -> ofStep.create(top.tail(), new Shape(batch.rows(), batch.targetTime()));
            case Guidance.Whole whole when name.equals(Names.TEACHER_LOG_PROBABILITIES) ->
                    ofStep.create(whole.logProbabilities(), new Shape(batch.rows(), batch.targetTime(), whole.vocabulary()));
            case null -> throw new IllegalArgumentException(
                    "the objective reads " + name + ", but the batch has no teacher. Use a stage that asks one.");
            default -> throw new IllegalArgumentException("the objective reads " + name + ", but the batch's teacher gives whole distributions");
        };
    }

    @Override
    public double loss(Batch batch) {
        return Libtorch.alone(engine -> evaluated(batch));
    }

    private double evaluated(Batch batch) {
        JniUtils.setNumThreads(settings.threads());
        try (PtNDManager ofCall = (PtNDManager) manager.newSubManager()) {
            NDList inputs = inputs(ofCall, batch, 1);
            var arguments = new ArrayList<IValue>();
            inputs.subList(0, script.inputs().size()).forEach(input -> arguments.add(IValue.from((PtNDArray) input)));
            arguments.add(IValue.listFrom(parameters.toArray(PtNDArray[]::new)));
            try (IValue result = IValueUtils.runMethod(module, "evaluate", arguments.toArray(IValue[]::new))) {
                return result.toTensor(ofCall).getFloat();
            } finally {
                arguments.forEach(IValue::close);
            }
        }
    }

    @Override
    public Weights weights() {
        return new Weights(ofModel(trained()));
    }

    private Map<String, Weights.Values> ofModel(Map<String, Weights.Values> trained) {
        var all = new LinkedHashMap<String, Weights.Values>();
        for (Parameter parameter : model.parameters()) {
            // what the train program does not use stays as it began
            all.put(parameter.name(), trained.getOrDefault(parameter.name(), source.tensors().get(parameter.name())));
        }
        return all;
    }

    /** Those of the objective among them. */
    private Map<String, Weights.Values> trained() {
        var trained = new LinkedHashMap<String, Weights.Values>();
        for (int i = 0; i < parameters.size(); i++) {
            trained.put(script.parameters().get(i).name(), values(shape(script.parameters().get(i)), parameters.get(i)));
        }
        return trained;
    }

    private static Weights.Values values(long[] shape, NDArray array) {
        return new Weights.Values(shape, FloatBuffer.wrap(array.toFloatArray()));
    }

    @Override
    public Weights checkpoint() {
        Map<String, Weights.Values> trained = trained();
        Map<String, Weights.Values> all = ofModel(trained);
        trained.forEach(all::putIfAbsent);
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = script.parameters().get(i);
            all.put(MEAN + parameter.name(), values(shape(parameter), means.get(i)));
            all.put(SQUARE + parameter.name(), values(shape(parameter), squares.get(i)));
        }
        all.put(STEPS, values(new long[0], steps.getFirst()));
        return new Weights(all);
    }

    @Override
    public void restore(Weights checkpoint) {
        Weights.Values count = checkpoint.tensors().get(STEPS);
        if (count == null) {
            throw new IllegalArgumentException("this is no checkpoint of a training: it has no tensor " + STEPS
                    + ". Give the file that training wrote to resume from.");
        }
        // everything is looked at before anything is replaced: a file that does not fit leaves the session as it was
        Stream.concat(model.parameters().stream(), script.parameters().stream()).forEach(checkpoint::of);
        Stream.of(MEAN, SQUARE).forEach(prefix -> script.parameters().forEach(parameter -> checkpoint.of(moment(prefix, parameter))));
        fill(checkpoint, checkpoint, count.toArray()[0]);
        source = checkpoint;
    }

    /** Number of arrays that are alive between two steps: always the same, or something leaks. */
    public int liveArrays() {
        return manager.getManagedArrays().size();
    }

    private void release() {
        for (List<PtNDArray> list : List.of(parameters, means, squares, steps)) {
            list.forEach(NDArray::close);
            list.clear();
        }
    }

    @Override
    public void close() {
        release();
        module.close();
        manager.close();
    }
}
