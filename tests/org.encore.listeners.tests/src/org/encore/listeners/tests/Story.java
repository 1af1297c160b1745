package org.encore.listeners.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.encore.api.run.Event;
import org.encore.api.run.EventSink;

/** A run of two models, told to a listener event by event as the runner tells it. */
final class Story {

    static final Instant BEGIN = Instant.parse("2026-07-01T10:00:00Z");
    static final String PLAIN = "plain-seed1";
    static final String BRIDGED = "bridged-length=32-seed1";

    final Path run;
    private final EventSink sink;
    private Instant now = BEGIN;

    Story(Path run, EventSink sink) {
        this.run = run;
        this.sink = sink;
    }

    /** The folder of a run, with what the runner has put there before the first event. */
    static Path folder(Path temporary) throws IOException {
        Path run = Files.createDirectories(temporary.resolve("runs").resolve("g2p-2026-07-01-1"));
        Files.writeString(run.resolve("resolved.yaml"), """
                name: g2p
                seeds: [1]
                listeners:
                - mlflow: {uri: 'http://tracker.example:5000'}
                task: g2p-cmudict
                variants:
                  plain: {encoder-decoder: {width: 64}}
                train:
                  epochs: 3
                  schedule: {linear: {warmup: 0.1}}
                """);
        Files.writeString(run.resolve("plan.json"), """
                {"experiment": "g2p", "cells": [
                  {"id": "plain-seed1", "variant": "plain", "seed": 1, "axes": {}, "model": "aa"},
                  {"id": "bridged-length=32-seed1", "variant": "bridged", "seed": 1, "axes": {"length": "32"}, "model": "bb"}],
                 "models": {
                  "aa": {"architecture": "encoder-decoder", "options": {"width": 64, "tied": true, "layers": [2, 1]}, "parameters": 1000},
                  "bb": {"architecture": "residual-bridged", "options": {"width": 60, "bridge": "weighted"}, "parameters": 1010}},
                 "tuned": {"bridged": {"trials": 4, "chosen": {"train.learningRate": "0.003"}}}}
                """);
        return run;
    }

    Story tell(Event event) {
        now = now.plusMillis(1500);
        sink.on(run, now, event);
        return this;
    }

    Story start(boolean resumed) {
        return tell(new Event.RunStarted(run.getFileName().toString(), "g2p", List.of(new Event.Cell(PLAIN, "plain", 1, 1000, Map.of()),
                new Event.Cell(BRIDGED, "bridged", 1, 1010, Map.of("length", "32"))), List.of("train", "evaluate", "benchmark", "report"), resumed));
    }

    /** Steps from..to of a training: the loss of step n is 1/n. */
    Story train(String cell, int from, int to) {
        for (int step = from; step <= to; step++) {
            tell(new Event.TrainStep(cell, step, 100L * step, 1000, 1.0 / step, 0.001, 0.5, 20_000));
        }
        return this;
    }

    Story score(String cell, String split, String metric, double value) {
        return tell(new Event.Scored(cell, split, metric, value, "%", 500));
    }

    Story finish(String status) {
        return tell(new Event.RunFinished(status, 12));
    }

    /** Everything about one model but measurements. */
    Story whole(String cell) {
        tell(new Event.StageStarted(cell, "train"));
        train(cell, 1, 3);
        tell(new Event.TrainEvaluation(cell, 3, 300, 0.4));
        tell(new Event.StageFinished(cell, "train", 5));
        tell(new Event.StageStarted(cell, "evaluate"));
        score(cell, "development", "per", 20);
        score(cell, "test", "per", 21.5);
        return tell(new Event.StageFinished(cell, "evaluate", 2));
    }

    /** What the stages of a model have left in the run's folder, as if they had run before. */
    static void leaveResults(Path run, String cell) throws IOException {
        Path train = Files.createDirectories(run.resolve("cells").resolve(cell).resolve("train"));
        Files.writeString(train.resolve("curve.csv"), """
                step,tokens,lossNats,learningRate,gradientNorm,tokensPerSecond
                1,100,1.0,0.001,0.5,20000.0
                2,200,0.5,0.001,0.5,20000.0
                3,300,0.3333333333333333,0.001,0.5,20000.0
                """);
        Files.writeString(train.resolve("development.csv"), "step,tokens,lossNats\n3,300,0.4\n");
        Path evaluate = Files.createDirectories(run.resolve("cells").resolve(cell).resolve("evaluate"));
        Files.writeString(evaluate.resolve("scores.json"), """
                {"decoding": "greedy", "splits": {
                  "development": {"per": {"value": 20.0, "unit": "%", "lowerIsBetter": true, "examples": 500}},
                  "test": {"per": {"value": 21.5, "unit": "%", "lowerIsBetter": true, "examples": 500}}}}
                """);
    }

    static void leaveMeasurements(Path run, String cell) throws IOException {
        Path benchmark = Files.createDirectories(run.resolve("benchmark"));
        Files.writeString(benchmark.resolve("samples.csv"), "cell,repeat,firstTokenMillis,perTokenMillis,voided\n" + cell + ",0,5.5,1.25,false\n"
                + cell
                + ",1,9.5,1.5,true\nof-another-run,0,1,1,false\n");
    }
}
