package org.encore.api.run;

import java.util.List;
import java.util.Map;

/**
 * Something that happened in a run: one line of {@code events.jsonl}. The line's {@code type} is the record's name in kebab-case
 * ({@code train-step}), its other fields are the components; {@code time} is added by the writer. Readers skip types and fields that they do
 * not know, so records only ever gain components.
 */
public sealed interface Event {

    /**
     * The run begins, or goes on.
     *
     * @param run folder name
     * @param experiment name
     * @param cells all cells, in order
     * @param stages ids, in order
     * @param resumed whether an earlier process worked on this folder
     */
    record RunStarted(String run, String experiment, List<Cell> cells, List<String> stages, boolean resumed) implements Event {}

    /**
     * One model of the matrix: a variant at a seed and a place on the other axes.
     *
     * @param axes axis to value as written; empty if the experiment has no axes beside variants and seeds
     */
    record Cell(String id, String variant, long seed, long parameters, Map<String, String> axes) {}

    /** A stage begins. {@code cell} is empty for a stage over the whole run. */
    record StageStarted(String cell, String stage) implements Event {}

    /** A stage was not run again: its result was there. */
    record StageCached(String cell, String stage, String key) implements Event {}

    /** How far a stage is. */
    record Progress(String cell, String stage, long done, long total, String unit) implements Event {}

    /**
     * One reported training step.
     *
     * @param step from 1
     * @param tokens source and target tokens seen so far
     * @param totalTokens at the end
     * @param loss smoothed over the steps since the last report, nats per label
     * @param tokensPerSecond since the last report
     */
    record TrainStep(String cell, long step, long tokens, long totalTokens, double loss, double learningRate, double gradientNorm,
            double tokensPerSecond) implements Event {}

    /**
     * A look at held-out data during training.
     *
     * @param loss development loss, nats per label
     */
    record TrainEvaluation(String cell, long step, long tokens, double loss) implements Event {}

    /**
     * A student was compared with its teacher, at target positions of development examples.
     *
     * @param sameToken share of positions at which both hold the same token likeliest, 0 to 1
     * @param teacherEntropy mean, nats
     * @param studentEntropy mean, nats
     * @param forwardKl mean KL(teacher, student), nats
     */
    record TrainAgreement(String cell, long step, long tokens, double sameToken, double teacherEntropy, double studentEntropy, double forwardKl)
            implements Event {}

    /**
     * A quality score.
     *
     * @param split development or test
     * @param metric id
     * @param value in unit
     */
    record Scored(String cell, String split, String metric, double value, String unit, long examples) implements Event {}

    /** One measured repeat of generation; voided repeats are kept and marked. */
    record Sample(String cell, int repeat, double firstTokenMillis, double perTokenMillis, boolean voided) implements Event {}

    /**
     * A repeat of a race is over and the race goes on: told between repeats, at most once a second, so that times can be watched while they are
     * measured. Not every repeat is told. All of them come as {@link Sample}s once the race is over, and take the place of these.
     *
     * @param repeat from 0
     * @param voided whether it is known already that it was disturbed; the samples have the last word
     * @param turns of all models, in the order in which they were taken; the second turn of the first model is called {@code again}
     */
    record RaceRepeat(int repeat, boolean voided, List<Turn> turns) implements Event {}

    /**
     * What a model took in a repeat.
     *
     * @param cell id
     * @param firstTokenMillis from the source to the first token
     * @param perTokenMillis mean of the later ones
     */
    record Turn(String cell, double firstTokenMillis, double perTokenMillis) {}

    /** A stage ended. */
    record StageFinished(String cell, String stage, double seconds) implements Event {}

    /** A stage failed; the run goes on with what does not need it. */
    record StageFailed(String cell, String stage, String message) implements Event {}

    /** Something worth telling. Level is info, warning or error. */
    record Message(String level, String text) implements Event {}

    /** The process is done with the run. Status is done, failed or stopped. */
    record RunFinished(String status, double seconds) implements Event {}
}
