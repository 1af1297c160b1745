package org.encore.onnx.runtime;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

import org.encore.api.Availability;
import org.encore.api.device.NativeRuntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;

/** ONNX Runtime as something that can be swapped: builds differ in the execution providers that they have. */
public final class OrtRuntime implements NativeRuntime {

    static final String ID = "onnxruntime";

    @Override
    public List<String> files() {
        return List.of(System.mapLibraryName("onnxruntime"), System.mapLibraryName("onnxruntime4j_jni"));
    }

    @Override
    public Loaded load() {
        OrtEnvironment environment = Ort.environment();
        var parts = new ArrayList<>(List.of(new Part("CPU", new Availability.Present("ONNX Runtime " + environment.getVersion() + ", CPU"))));
        EnumSet<OrtProvider> compiled = OrtEnvironment.getAvailableProviders();
        for (Provider provider : Provider.values()) {
            if (compiled.contains(provider.compiled())) {
                parts.add(new Part(provider.words(), provider.probe()));
            }
        }
        return new Loaded(environment.getVersion(), parts);
    }
}
