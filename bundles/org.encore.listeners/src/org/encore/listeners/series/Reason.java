package org.encore.listeners.series;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be written or read, in words. */
public final class Reason {

    private Reason() {}

    /** A few words without the file's name, such as {@code permission denied}. */
    public static String of(IOException failure) {
        return switch (failure) {
            case AccessDeniedException e -> "permission denied";
            case NoSuchFileException e -> "it is not there";
            case NotDirectoryException e -> "it is no folder";
            case FileSystemException e when e.getReason() != null -> e.getReason().toLowerCase(java.util.Locale.ROOT);
            default -> failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        };
    }
}
