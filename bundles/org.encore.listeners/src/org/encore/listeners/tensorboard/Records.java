package org.encore.listeners.tensorboard;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

import org.encore.listeners.series.Point;
import org.encore.protobuf.Message;

/**
 * Records of an event file: messages {@code Event} with what they hold, by the field numbers of TensorBoard's {@code event.proto},
 * {@code summary.proto}, {@code tensor.proto} and, for hyperparameters, {@code plugin_data.proto}.
 */
final class Records {

    private static final String PROGRAM = "encore";
    private static final int START = 1;
    private static final int SUCCESS = 1;
    private static final int DT_FLOAT = 1;
    /** Whole numbers beyond it are not exact as doubles. */
    private static final BigDecimal EXACT = BigDecimal.valueOf(1L << 53);

    private Records() {}

    /** The first record of a file. */
    static byte[] version(Instant time) {
        return event(time, 0).text(3, "brain.Event:2").message(10, new Message().text(1, PROGRAM)).toBytes();
    }

    /** A process begins. TensorBoard takes the second of these for a restart, after which everything that earlier files hold is void. */
    static byte[] start(Instant time) {
        return event(time, 0).message(7, new Message().whole(1, START)).toBytes();
    }

    /** One value of a curve. */
    static byte[] scalar(Point point) {
        return summary(point.time(), point.step(), new Message().text(1, point.series()).real(2, (float) point.value()));
    }

    /** What a model was made with, for the tab HParams. */
    static byte[] sessionStart(Instant time, Map<String, String> parameters) {
        var start = new Message();
        parameters.forEach((name, value) -> start.message(1, new Message().text(1, name).message(2, value(value))));
        return plugin(time, "_hparams_/session_start_info", new Message().message(3, start.real(5, seconds(time))));
    }

    /** A model is done. */
    static byte[] sessionEnd(Instant time) {
        return plugin(time, "_hparams_/session_end_info", new Message().message(4, new Message().whole(1, SUCCESS).real(2, seconds(time))));
    }

    private static byte[] plugin(Instant time, String tag, Message content) {
        var metadata = new Message().message(1, new Message().text(1, "hparams").message(2, content));
        // TensorBoard's data server wants some tensor: one of float32 and shape [0]
        var tensor = new Message().whole(1, DT_FLOAT).message(2, new Message().message(2, new Message().whole(1, 0)));
        return summary(time, 0, new Message().text(1, tag).message(9, metadata).message(8, tensor));
    }

    private static byte[] summary(Instant time, long step, Message value) {
        return event(time, step).message(5, new Message().message(1, value)).toBytes();
    }

    private static Message event(Instant time, long step) {
        return new Message().real(1, seconds(time)).whole(2, step);
    }

    private static double seconds(Instant time) {
        return time.toEpochMilli() / 1e3;
    }

    /** A {@code google.protobuf.Value}: number, truth or text. */
    private static Message value(String value) {
        if (value.equals("true") || value.equals("false")) {
            return new Message().whole(4, value.equals("true") ? 1 : 0);
        }
        try {
            var number = new BigDecimal(value);
            return number.abs().compareTo(EXACT) > 0 ? new Message().text(3, value) : new Message().real(2, number.doubleValue());
        } catch (NumberFormatException e) {
            return new Message().text(3, value);
        }
    }
}
