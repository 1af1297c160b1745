package org.encore.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import org.encore.api.Unavailable;
import org.encore.api.extension.Contribution.BrokenContribution;
import org.encore.api.option.Problems.InvalidConfiguration;
import org.encore.experiment.trust.Trust;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in a sentence. A stack trace, which only a developer can use, goes to a file. */
final class Failures implements IExecutionExceptionHandler {

    static final int WRONG_INPUT = 2;
    static final int MISSING = 3;

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult result) throws Exception {
        PrintWriter err = command.getErr();
        switch (failure) {
            case InvalidConfiguration invalid -> {
                invalid.problems().forEach(err::println);
                int count = invalid.problems().size();
                err.println(count == 1 ? "1 problem; nothing was run." : count + " problems; nothing was run.");
                return WRONG_INPUT;
            }
            case Unavailable unavailable -> {
                err.println("encore: " + unavailable.getMessage());
                return MISSING;
            }
            case Trust.Untrusted untrusted -> {
                err.println("encore: " + untrusted.getMessage());
                return WRONG_INPUT;
            }
            case BrokenContribution broken -> {
                err.println("encore: " + broken.getMessage());
                return MISSING;
            }
            case NoSuchFileException missing -> {
                err.println("encore: there is no " + missing.getFile());
                return WRONG_INPUT;
            }
            case IOException io -> {
                err.println("encore: " + io.getMessage());
                return 1;
            }
            case UncheckedIOException io -> {
                err.println("encore: " + io.getMessage());
                return 1;
            }
            case IllegalArgumentException wrong when wrong.getMessage() != null -> {
                err.println("encore: " + wrong.getMessage());
                return WRONG_INPUT;
            }
            default -> {
                Path file = Files.createTempFile("encore-failure-", ".txt");
                try (var writer = new PrintWriter(Files.newBufferedWriter(file))) {
                    failure.printStackTrace(writer);
                }
                err.println("encore: this should not happen: " + failure + ". Please report it with " + file + ".");
                return 1;
            }
        }
    }
}
