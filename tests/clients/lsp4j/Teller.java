import com.google.gson.Gson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.eclipse.lsp4j.*;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;

/** Tells the story of tests/clients/story.rs with LSP4J, on which the plugins of JetBrains IDEs and of Eclipse stand. */
class Teller implements LanguageClient {
    static final Path FOLDER = Path.of(System.getenv("CQLINT_FOLDER"));
    static final Map<String, String> LANGUAGES = new LinkedHashMap<>();

    static {
        LANGUAGES.put("schema.cql", "cql");
        LANGUAGES.put("queries.cql", "cql");
        LANGUAGES.put("Shop.java", "java");
    }

    final Map<String, String> texts = new LinkedHashMap<>();
    int version = 1;
    LanguageServer server;

    public void telemetryEvent(Object event) {}

    public void publishDiagnostics(PublishDiagnosticsParams found) {
        throw new IllegalStateException("findings are asked for");
    }

    public void showMessage(MessageParams message) {
        throw new IllegalStateException(message.getMessage());
    }

    public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams message) {
        throw new IllegalStateException(message.getMessage());
    }

    public void logMessage(MessageParams message) {}

    public CompletableFuture<Void> registerCapability(RegistrationParams registrations) {
        return CompletableFuture.completedFuture(null);
    }

    public CompletableFuture<List<Object>> configuration(ConfigurationParams asked) {
        return CompletableFuture.completedFuture(new ArrayList<>(Collections.nCopies(asked.getItems().size(), null)));
    }

    static void tell(String step, String file, String by, String key, Object answer) throws Exception {
        var told = new LinkedHashMap<String, Object>(Map.of("step", step, "file", file, "by", by, key, answer));
        Files.writeString(Path.of(System.getenv("CQLINT_TOLD")), new Gson().toJson(told) + "\n", StandardOpenOption.APPEND);
    }

    static String uri(String file) {
        return FOLDER.resolve(file).toUri().toString();
    }

    static TextDocumentIdentifier document(String file) {
        return new TextDocumentIdentifier(uri(file));
    }

    static <T> T answer(CompletableFuture<T> answer) throws Exception {
        return answer.get(20, TimeUnit.SECONDS);
    }

    /** Where a place is in a text: Java and LSP count alike. */
    int offset(String file, Position place) {
        int start = 0;
        for (int line = 0; line < place.getLine(); line++) {
            start = texts.get(file).indexOf('\n', start) + 1;
        }
        return start + place.getCharacter();
    }

    Position place(String file, String text) {
        String before = texts.get(file).substring(0, texts.get(file).indexOf(text));
        return new Position((int) before.chars().filter(c -> c == '\n').count(), before.length() - before.lastIndexOf('\n') - 1);
    }

    void start(LanguageServer server) throws Exception {
        this.server = server;
        var text = new TextDocumentClientCapabilities();
        text.setDiagnostic(new DiagnosticCapabilities());
        text.setRename(new RenameCapabilities(true, false));
        var kinds = new CodeActionKindCapabilities(List.of("quickfix", "source.fixAll"));
        var actions = new CodeActionCapabilities(new CodeActionLiteralSupportCapabilities(kinds), false);
        actions.setIsPreferredSupport(true);
        text.setCodeAction(actions);
        var asked = new InitializeParams();
        asked.setProcessId((int) ProcessHandle.current().pid());
        asked.setWorkspaceFolders(List.of(new WorkspaceFolder(FOLDER.toUri().toString(), "workspace")));
        asked.setCapabilities(new ClientCapabilities(new WorkspaceClientCapabilities(), text, null));
        var started = answer(server.initialize(asked));
        server.initialized(new InitializedParams());
        var info = started.getServerInfo();
        tell("started", "", "initialize", "text", "LSP4J, " + info.getName() + " " + info.getVersion());
        for (var opened : LANGUAGES.entrySet()) {
            String file = opened.getKey();
            texts.put(file, Files.readString(FOLDER.resolve(file)));
            var item = new TextDocumentItem(uri(file), opened.getValue(), version, texts.get(file));
            server.getTextDocumentService().didOpen(new DidOpenTextDocumentParams(item));
        }
    }

    List<String> findings(String file) throws Exception {
        var asked = new DocumentDiagnosticParams(document(file));
        var report = answer(server.getTextDocumentService().diagnostic(asked)).getLeft();
        return report.getItems().stream().map(finding -> {
            int start = offset(file, finding.getRange().getStart()), end = offset(file, finding.getRange().getEnd());
            int line = finding.getRange().getStart().getLine() + 1;
            return line + " " + finding.getCode().getLeft() + ": " + texts.get(file).substring(start, end);
        }).sorted().toList();
    }

    void tellFindings(String step) throws Exception {
        for (String file : LANGUAGES.keySet()) {
            tell(step, file, "textDocument/diagnostic", "findings", findings(file));
        }
    }

    void act(String file, String text, List<String> only, Predicate<CodeAction> isWanted) throws Exception {
        var place = place(file, text);
        var context = new CodeActionContext(List.of(), only);
        var asked = new CodeActionParams(document(file), new Range(place, place), context);
        var actions = answer(server.getTextDocumentService().codeAction(asked)).stream().map(either -> either.getRight());
        apply(actions.filter(isWanted).findFirst().orElseThrow().getEdit());
    }

    void apply(WorkspaceEdit edit) {
        for (String file : LANGUAGES.keySet()) {
            var edits = new ArrayList<>(edit.getChanges().getOrDefault(uri(file), List.of()));
            // From the last to the first: so the places of those before stay.
            edits.sort(Comparator.comparing((TextEdit one) -> offset(file, one.getRange().getStart())).reversed());
            for (TextEdit one : edits) {
                int start = offset(file, one.getRange().getStart()), end = offset(file, one.getRange().getEnd());
                String old = texts.get(file);
                texts.put(file, old.substring(0, start) + one.getNewText() + old.substring(end));
            }
            version++;
            var changed = new VersionedTextDocumentIdentifier(uri(file), version);
            var whole = List.of(new TextDocumentContentChangeEvent(texts.get(file)));
            server.getTextDocumentService().didChange(new DidChangeTextDocumentParams(changed, whole));
        }
    }

    void play() throws Exception {
        var service = server.getTextDocumentService();
        tellFindings("findings");
        var hover = answer(service.hover(new HoverParams(document("queries.cql"), place("queries.cql", "UPDATE visits"))));
        tell("hover", "queries.cql", "textDocument/hover", "text", hover.getContents().getRight().getValue());
        act("Shop.java", "newInstance(\"SELECT amount", null, action -> Boolean.TRUE.equals(action.getIsPreferred()));
        tell("fixed", "Shop.java", "textDocument/codeAction", "text", texts.get("Shop.java"));
        String all = "source.fixAll.cqlint";
        act("schema.cql", "CREATE TABLE orders", List.of(all), action -> action.getKind().equals(all));
        tell("fixed all", "schema.cql", all, "text", texts.get("schema.cql"));
        apply(answer(service.rename(new RenameParams(document("schema.cql"), place("schema.cql", "amount"), "total"))));
        for (String file : LANGUAGES.keySet()) {
            tell("renamed", file, "textDocument/rename", "text", texts.get(file));
        }
        tellFindings("findings again");
    }

    public static void main(String[] arguments) throws Exception {
        Process process = new ProcessBuilder("cqlint", "lsp").redirectError(ProcessBuilder.Redirect.INHERIT).start();
        // Without a server nothing is left to wait for, whatever has gone wrong.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        Thread.setDefaultUncaughtExceptionHandler((thread, problem) -> {
            problem.printStackTrace();
            System.exit(1);
        });
        Teller teller = new Teller();
        var launcher = LSPLauncher.createClientLauncher(teller, process.getInputStream(), process.getOutputStream());
        launcher.startListening();
        teller.start(launcher.getRemoteProxy());
        teller.play();
        answer(teller.server.shutdown());
        teller.server.exit();
        boolean ended = process.waitFor(10, TimeUnit.SECONDS);
        System.exit(ended && process.exitValue() == 0 ? 0 : 1);
    }
}
