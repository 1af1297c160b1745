package org.encore.workbench.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.encore.workbench.tests.OtherProcess.begun;
import static org.encore.workbench.tests.OtherProcess.lines;
import static org.encore.workbench.tests.OtherProcess.step;
import static org.encore.workbench.tests.Workbench.page;
import static org.encore.workbench.tests.Workbench.screenshot;
import static org.encore.workbench.tests.Workbench.still;
import static org.encore.workbench.tests.Workbench.ui;
import static org.encore.workbench.tests.Workbench.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.ui.PlatformUI;
import org.encore.api.run.Event;
import org.encore.workbench.chart.ChartExport;
import org.encore.workbench.chart.ChartPart;
import org.encore.workbench.run.CellsView;
import org.encore.workbench.run.FirstTokenView;
import org.encore.workbench.run.LossView;
import org.encore.workbench.run.QualityView;
import org.encore.workbench.run.RunRow;
import org.encore.workbench.run.RunsView;
import org.encore.workbench.run.SpeedView;
import org.jfree.chart.JFreeChart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts of a run that another process writes: what is in them, and what one can do with them. */
class ChartsTest {

    private static final String DECODER = "decoder-only-seed1";
    private static final String ENCODER = "encoder-decoder-seed1";

    @TempDir
    private Path runs;
    private Path run;

    @BeforeEach
    void aRunThatTrains() throws Exception {
        run = Files.createDirectory(runs.resolve("charts-" + System.nanoTime()));
        var events = new ArrayList<>(List.of(begun(run.getFileName().toString()), new Event.StageStarted(DECODER, "train")));
        for (int i = 1; i <= 80; i++) {
            events.add(step(DECODER, i));
        }
        events.add(new Event.StageFinished(DECODER, "train", 60));
        events.add(new Event.StageStarted(ENCODER, "train"));
        for (int i = 1; i <= 40; i++) {
            events.add(step(ENCODER, i));
        }
        append(events);
        Workbench.over(runs);
        String name = run.getFileName().toString();
        RunsView list = ui(() -> (RunsView) page().showView(RunsView.ID));
        until("the run is listed", () -> row(list, name) != null);
        ui(() -> {
            list.viewer().setSelection(new StructuredSelection(row(list, name)));
            return null;
        });
    }

    private static RunRow row(RunsView list, String name) {
        return Stream.of(list.viewer().getTable().getItems()).map(item -> (RunRow) item.getData()).filter(row -> row.name().equals(name)).findFirst()
                .orElse(null);
    }

    private void append(List<Event> events) throws Exception {
        Files.writeString(run.resolve("events.jsonl"), lines(events, Instant.now()), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static <V extends ChartPart<?>> V view(String id, Class<V> type) throws Exception {
        return ui(() -> type.cast(page().showView(id)));
    }

    @Test
    void lossCanBeHiddenZoomedAndShownWholeAgain() throws Exception {
        LossView loss = view(LossView.ID, LossView.class);
        until("both are in the chart", () -> loss.canvas().words().contains("Loss") && loss.figure().keys().size() == 2);
        byte[] whole = still(loss.canvas());
        assertThat(ui(() -> Workbench.click(loss.canvas(), SWT.MouseWheel, 200, 150, 1))).isNull();
        until("the wheel zooms", () -> !loss.canvas().section().whole());
        byte[] zoomed = still(loss.canvas());
        assertThat(zoomed).as("pixels").isNotEqualTo(whole);
        ui(() -> Workbench.key(loss.canvas(), SWT.HOME));
        assertThat(ui(() -> loss.canvas().section().whole())).as("everything is seen").isTrue();
        assertThat(still(loss.canvas())).as("the whole again").isEqualTo(whole);
        ui(() -> {
            loss.hide("decoder-only", true);
            return null;
        });
        until("one is left", () -> loss.figure().keys().size() == 1 && loss.figure().keys().getFirst().name().equals("encoder-decoder"));
        assertThat(still(loss.canvas())).isNotEqualTo(whole);
        ui(() -> {
            loss.hide("decoder-only", false);
            return null;
        });
        until("both are back", () -> loss.figure().keys().size() == 2);
    }

    private static void pause(LossView loss, boolean still) throws Exception {
        ui(() -> {
            loss.pause(still);
            return null;
        });
    }

    @Test
    void aPausedChartStaysAsItIs() throws Exception {
        LossView loss = view(LossView.ID, LossView.class);
        until("it stands at 40 %", () -> loss.getContentDescription().contains("40 %"));
        pause(loss, true);
        until("it says so", () -> loss.getContentDescription().endsWith("(paused)"));
        append(List.of(step(ENCODER, 41), step(ENCODER, 90)));
        SpeedView speed = view(SpeedView.ID, SpeedView.class);
        until("another chart goes on", () -> speed.getContentDescription().contains("90 %"));
        assertThat(ui(loss::getContentDescription)).contains("40 %");
        pause(loss, false);
        append(List.of(step(ENCODER, 91)));
        until("it follows again", () -> loss.getContentDescription().contains("91 %"));
    }

    @Test
    void latencyMovesWhileARaceGoesOnAndTheEndOfItShowsEachRepeatOnce() throws Exception {
        FirstTokenView latency = view(FirstTokenView.ID, FirstTokenView.class);
        append(List.of(new Event.StageFinished(ENCODER, "train", 60), new Event.StageStarted("", "benchmark"), repeat(0, false)));
        until("the first repeat is in it", () -> latency.figure() != null && latency.figure().table().size() == 1 + 2);
        assertThat(ui(latency::getContentDescription)).contains("Repeats so far, at most one a second. benchmark");
        ui(() -> {
            latency.hide("encoder-decoder", true);
            return null;
        });
        until("a single time is a chart too", () -> latency.figure().table().size() == 1 + 1 && latency.canvas().words()
                .contains("half of 1 repeats"));
        ui(() -> {
            latency.hide("encoder-decoder", false);
            return null;
        });
        until("both are back", () -> latency.figure().table().size() == 1 + 2);
        byte[] early = still(latency.canvas());
        append(List.of(repeat(3, false), repeat(7, true), repeat(11, false), new Event.Progress("", "benchmark", 36, 90, "turns")));
        until("three more are, without the one that was voided", () -> latency.figure().table().size() == 1 + 6
                && latency.getContentDescription().contains("36 of 90 turns"));
        byte[] late = still(latency.canvas());
        assertThat(late).as("the chart has moved").isNotEqualTo(early);
        screenshot("race.png");
        var end = new ArrayList<Event>();
        for (int i = 0; i < 30; i++) {
            end.add(new Event.Sample(DECODER, i, 2.4 + 0.02 * (i * 7 % 13), 0.9, i == 7));
            end.add(new Event.Sample(ENCODER, i, 1.2 + 0.02 * (i * 5 % 11), 0.4, i == 7));
        }
        end.add(new Event.StageFinished("", "benchmark", 30));
        append(end);
        until("each repeat that counts is in it once", () -> latency.figure().table().size() == 1 + 2 * 29
                && !latency.getContentDescription().contains("so far"));
        assertThat(still(latency.canvas())).isNotEqualTo(late);
    }

    private static Event repeat(int repeat, boolean voided) {
        return new Event.RaceRepeat(repeat, voided, List.of(new Event.Turn(ENCODER, 1.2 + 0.02 * (repeat * 5 % 11), 0.4),
                new Event.Turn(DECODER, 2.4 + 0.02 * (repeat * 7 % 13), 0.9), new Event.Turn("again", 2.5, 0.9)));
    }

    @Test
    void whileTimesAreMeasuredTheWindowSaysThatItIsCalmAndShowsThemAsTheyArrive() throws Exception {
        FirstTokenView latency = view(FirstTokenView.ID, FirstTokenView.class);
        until("it says what will be here", () -> latency.state().said().contains("as soon as the chosen run is measured"));
        var events = new ArrayList<Event>(List.of(new Event.StageFinished(ENCODER, "train", 60), new Event.StageStarted("", "benchmark")));
        for (int i = 0; i < 30; i++) {
            events.add(new Event.Sample(DECODER, i, 2.4 + 0.02 * (i * 7 % 13), 0.9, false));
            events.add(new Event.Sample(ENCODER, i, 1.2 + 0.02 * (i * 5 % 11), 0.4, i == 3));
        }
        append(events);
        until("it says that it is calm", () -> latency.getContentDescription().contains("measuring: drawn once a second"));
        until("both are in it, without the repeat that was voided", () -> latency.figure() != null
                && latency.figure().table().size() == 1 + 30 + 29);
        screenshot("measuring.png");
    }

    @Test
    void scoresAppearAsTheyAreFoundAndTheTableSaysHowFarEachModelIs() throws Exception {
        append(List.of(new Event.StageFinished(ENCODER, "train", 60), new Event.StageStarted(DECODER, "evaluate"),
                new Event.Scored(DECODER, "development", "wer", 61, "%", 100), new Event.Scored(DECODER, "test", "wer", 60, "%", 100),
                new Event.StageFinished(DECODER, "evaluate", 3), new Event.StageFailed(ENCODER, "evaluate", "no memory")));
        QualityView quality = view(QualityView.ID, QualityView.class);
        until("the score of the test set is told", () -> quality.canvas().words().equals("WER on test. decoder-only: 60.00"));
        CellsView cells = ui(() -> (CellsView) page().showView(CellsView.ID));
        until("the table has them", () -> cells.viewer() != null && cells.viewer().getTable().getItemCount() == 3);
        TableItem[] rows = ui(() -> cells.viewer().getTable().getItems());
        assertThat(ui(() -> rows[1].getText(0) + " " + rows[1].getText(1))).isEqualTo("decoder-only ✓");
        assertThat(ui(() -> cells.viewer().getTable().getColumn(1).getText())).isEqualTo("train");
        screenshot("quality.png");
    }

    @Test
    void whatIsSmoothedIsTheMeanOfWhatLiesAround() throws Exception {
        LossView loss = view(LossView.ID, LossView.class);
        until("both are in the chart", () -> loss.figure() != null && loss.figure().keys().size() == 2);
        assertThat(lossAt(loss, 400_000)).isEqualTo(4 / Math.sqrt(40));
        Workbench.turn("Smooth");
        double around = IntStream.rangeClosed(38, 42).mapToDouble(step -> 4 / Math.sqrt(step)).average().orElseThrow();
        until("two on either side count", () -> Math.abs(lossAt(loss, 400_000) - around) < 1e-12);
        assertThat(lossAt(loss, 10_000)).as("the first has none before it").isEqualTo(4);
        assertThat(lossAt(loss, 800_000)).as("the last has none behind it").isEqualTo(4 / Math.sqrt(80));
        Workbench.turn("Smooth");
        until("as it was told", () -> lossAt(loss, 400_000) == 4 / Math.sqrt(40));
    }

    /** Loss of the decoder-only model in its table. */
    private static double lossAt(LossView loss, long tokens) {
        return (Double) loss.figure().table().stream().filter(line -> line.getFirst().equals("decoder-only") && line.get(2).equals(tokens))
                .findFirst().orElseThrow().get(3);
    }

    @Test
    void aLongCurveIsDrawnByAsManyPointsAsAreSeenAndZoomed() throws Exception {
        var events = new StringBuilder();
        String begin = lines(List.of(step(ENCODER, 41)), Instant.now());
        for (int i = 100; i < 100_000; i++) {
            events.append(begin.replace("410000", Long.toString(10_000L * i)));
        }
        Files.writeString(run.resolve("events.jsonl"), events, StandardOpenOption.APPEND);
        LossView loss = view(LossView.ID, LossView.class);
        until("all are there", () -> loss.figure() != null && loss.figure().table().size() > 100_000);
        JFreeChart chart = loss.figure().chart();
        assertThat(ui(() -> chart.getXYPlot().getDataset().getItemCount(1))).as("points that are drawn").isLessThan(1_000);
        byte[] whole = still(loss.canvas());
        for (int i = 0; i < 10; i++) {
            ui(() -> Workbench.key(loss.canvas(), '+'));
            still(loss.canvas());
        }
        assertThat(ui(() -> loss.canvas().section().across().getLength())).as("million tokens that are seen, of a thousand").isBetween(50.0, 200.0);
        assertThat(still(loss.canvas())).isNotEqualTo(whole);
    }

    @Test
    void aChartIsExportedAsThreeFiles(@TempDir Path folder) throws Exception {
        LossView loss = view(LossView.ID, LossView.class);
        until("there is a chart", () -> loss.figure() != null);
        ui(() -> {
            ChartExport.write(PlatformUI.getWorkbench().getWorkbenchWindows()[0], loss.figure(), folder);
            return null;
        });
        until("the files are there", () -> Files.exists(folder.resolve("loss.svg")) && Files.exists(folder.resolve("loss.csv"))
                && Files.exists(folder.resolve("loss.png")));
        until("the picture is whole", () -> Files.size(folder.resolve("loss.png")) > 5_000);
        assertThat(Files.readString(folder.resolve("loss.csv"))).startsWith("model,split,tokens,lossNats\n").contains("decoder-only,training,10000,");
    }
}
