//! Cassandra's own parser: statements in, each ended by a NUL; for each one a line out, which is empty or says why it is refused.

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.apache.cassandra.config.DatabaseDescriptor;
import org.apache.cassandra.cql3.CQLFragmentParser;
import org.apache.cassandra.cql3.CqlParser;

public class Parse {
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        // Whatever else is printed is no answer.
        System.setOut(System.err);
        DatabaseDescriptor.clientInitialization();
        InputStream input = new BufferedInputStream(System.in, 1 << 16);
        ByteArrayOutputStream statement = new ByteArrayOutputStream();
        // The input ends when the one who asks is gone, however that came about.
        for (int next = input.read(); next >= 0; next = input.read()) {
            if (next != 0) {
                statement.write(next);
                continue;
            }
            answers.print(complaint(statement.toString(StandardCharsets.UTF_8)).replaceAll("\\R", " ") + "\n");
            statement.reset();
            if (input.available() == 0) {
                answers.flush();
            }
        }
        // Cassandra's threads would keep the process.
        Runtime.getRuntime().halt(0);
    }

    /** The class and the message of the exception, or nothing. */
    private static String complaint(String statement) {
        try {
            // What QueryProcessor.parseStatement calls; that class itself wants a server around it.
            CQLFragmentParser.parseAnyUnhandled(CqlParser::query, statement);
            return "";
        } catch (Exception | StackOverflowError refused) {
            return refused.getClass().getSimpleName() + ": " + refused.getMessage();
        }
    }
}
