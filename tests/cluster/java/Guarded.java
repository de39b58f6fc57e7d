//! Cassandra, but never longer than whoever started it: when standard input ends, the server goes and takes its folder along.

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

import org.apache.cassandra.service.CassandraDaemon;

public class Guarded {
    /** @param arguments the folder that the server may fill, and that is removed at the end */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        Thread guard = new Thread(() -> {
            // However the process at the other end died, the pipe between us ends with it.
            try {
                while (System.in.read() >= 0) {}
            } catch (IOException gone) {
                // As good as an end.
            }
            remove(folder);
            Runtime.getRuntime().halt(0);
        });
        guard.setDaemon(true);
        guard.start();
        CassandraDaemon.main(new String[0]);
    }

    /** Removes what is there; the server may still be writing, so a few rounds are tried. */
    private static void remove(Path folder) {
        for (int round = 0; round < 5 && Files.exists(folder); round++) {
            try (var paths = Files.walk(folder)) {
                paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                    try {
                        Files.delete(path);
                    } catch (IOException busy) {
                        throw new UncheckedIOException(busy);
                    }
                });
            } catch (IOException | UncheckedIOException busy) {
                // Once more.
            }
        }
    }
}
