package com.example.mingru;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.stream.Stream;

import org.encore.api.task.DataFiles;
import org.encore.api.task.TaskData;
import org.junit.jupiter.api.Test;

class ReverseTest {

    private static TaskData load(int words, long seed) {
        DataFiles none = null; // it generates its data and looks for no file
        return new Reverse().load(new Reverse.Options(words, 3, 8, seed), none);
    }

    @Test
    void wordsAreSpelledBackwards() {
        assertEquals("c b a", Reverse.backwards("abc"));
        assertTrue(load(200, 1).train().stream().allMatch(pair -> pair.target().equals(Reverse.backwards(pair.source()))));
    }

    @Test
    void noWordIsInTwoParts() {
        TaskData data = load(2000, 1);
        var seen = new HashSet<String>();
        Stream<String> heldOut = Stream.concat(data.development().stream(), data.test().stream()).map(TaskData.Example::source);
        Stream.concat(data.train().stream().map(TaskData.Pair::source), heldOut)
                .forEach(word -> assertTrue(seen.add(word), word));
        assertEquals(2000, seen.size());
        assertTrue(data.test().size() > 50 && data.development().size() > 50);
    }

    @Test
    void theSameOptionsGiveTheSameDataAndOthersGiveOthers() {
        assertEquals(load(200, 1).digest(), load(200, 1).digest());
        assertEquals(load(200, 1).train(), load(200, 1).train());
        assertNotEquals(load(200, 1).digest(), load(200, 2).digest());
    }

    @Test
    void optionsThatCannotBeMetAreRefused() {
        var e = assertThrows(IllegalArgumentException.class, () -> new Reverse.Options(1000, 1, 2, 1));
        assertEquals("1000 different words of up to 2 letters are hard to find. Give a larger longest.", e.getMessage());
    }
}
