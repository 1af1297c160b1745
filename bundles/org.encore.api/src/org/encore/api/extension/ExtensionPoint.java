package org.encore.api.extension;

import java.util.List;

import org.encore.api.architecture.Architecture;
import org.encore.api.device.Device;
import org.encore.api.device.NativeRuntime;
import org.encore.api.device.Probe;
import org.encore.api.inference.Backend;
import org.encore.api.inference.Decoding;
import org.encore.api.inference.Exporter;
import org.encore.api.inference.Importer;
import org.encore.api.quantization.Quantization;
import org.encore.api.run.Launcher;
import org.encore.api.run.ReportSection;
import org.encore.api.run.RunListener;
import org.encore.api.run.Stage;
import org.encore.api.task.Metric;
import org.encore.api.task.Task;
import org.encore.api.task.Tokenization;
import org.encore.api.teachers.Teacher;
import org.encore.api.training.Objective;
import org.encore.api.training.Schedule;
import org.encore.api.training.Trainer;

/**
 * A place where bundles contribute. The element in a {@code plugin.xml} is named like the kind and has {@code id}, {@code name},
 * {@code description} and {@code class}; the schema of each point documents it.
 *
 * @param id of the Eclipse extension point
 * @param kind singular, as people write it: {@code architecture}
 * @param type what a contributed class implements
 */
public record ExtensionPoint<T>(String id, String kind, Class<? super T> type) {

    public static final ExtensionPoint<Architecture<?>> ARCHITECTURES = of("architectures", "architecture", Architecture.class);
    public static final ExtensionPoint<Trainer<?>> TRAINERS = of("trainers", "trainer", Trainer.class);
    public static final ExtensionPoint<Objective<?>> OBJECTIVES = of("objectives", "objective", Objective.class);
    public static final ExtensionPoint<Teacher<?>> TEACHERS = of("teachers", "teacher", Teacher.class);
    public static final ExtensionPoint<Schedule<?>> SCHEDULES = of("schedules", "schedule", Schedule.class);
    public static final ExtensionPoint<Backend<?>> BACKENDS = of("backends", "backend", Backend.class);
    public static final ExtensionPoint<Exporter<?>> EXPORTERS = of("exporters", "exporter", Exporter.class);
    public static final ExtensionPoint<Importer<?>> IMPORTERS = of("importers", "importer", Importer.class);
    public static final ExtensionPoint<Quantization<?>> QUANTIZATIONS = of("quantizations", "quantization", Quantization.class);
    public static final ExtensionPoint<Decoding<?>> DECODINGS = of("decodings", "decoding", Decoding.class);
    public static final ExtensionPoint<Task<?>> TASKS = of("tasks", "task", Task.class);
    public static final ExtensionPoint<Tokenization<?>> TOKENIZERS = of("tokenizers", "tokenizer", Tokenization.class);
    public static final ExtensionPoint<Metric> METRICS = of("metrics", "metric", Metric.class);
    public static final ExtensionPoint<Stage<?>> STAGES = of("stages", "stage", Stage.class);
    public static final ExtensionPoint<Launcher<?>> LAUNCHERS = of("launchers", "launcher", Launcher.class);
    public static final ExtensionPoint<RunListener<?>> RUN_LISTENERS = of("runListeners", "runListener", RunListener.class);
    public static final ExtensionPoint<ReportSection> REPORT_SECTIONS = of("reportSections", "reportSection", ReportSection.class);

    public static final ExtensionPoint<Probe> PROBES = of("probes", "probe", Probe.class);
    public static final ExtensionPoint<Device<?>> DEVICES = of("devices", "device", Device.class);
    public static final ExtensionPoint<NativeRuntime> RUNTIMES = of("runtimes", "runtime", NativeRuntime.class);

    /** Every point, in the order in which people meet them. */
    public static final List<ExtensionPoint<?>> ALL = List.of(ARCHITECTURES, TASKS, TOKENIZERS, METRICS, OBJECTIVES, TEACHERS, SCHEDULES, TRAINERS,
            EXPORTERS, IMPORTERS, BACKENDS, QUANTIZATIONS, PROBES, DEVICES, RUNTIMES, DECODINGS, STAGES, LAUNCHERS, RUN_LISTENERS, REPORT_SECTIONS);

    private static <T> ExtensionPoint<T> of(String name, String kind, Class<? super T> type) {
        return new ExtensionPoint<>("org.encore.api." + name, kind, type);
    }
}
