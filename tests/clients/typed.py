"""Tells the story of tests/clients/story.rs with a client that takes every message in the strict types of the protocol.

It says of itself what an editor says: its argument is a file with that editor's capabilities; behind it may stand the only
encoding that it knows. What the capabilities do not allow the server to send is an error.
"""

import asyncio
import json
import os
import pathlib
import sys
import warnings

from lsprotocol import converters, types
from pytest_lsp import LspSpecificationWarning, make_test_lsp_client

FOLDER = pathlib.Path(os.environ["CQLINT_FOLDER"])
FOUND = json.loads(pathlib.Path(os.environ["CQLINT_FOUND"]).read_text())
LANGUAGES = {"schema.cql": "cql", "queries.cql": "cqlang", "Shop.java": "java"}
UNITS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
PATIENCE = 20.0


def tell(step, file, by, **answer):
    with open(os.environ["CQLINT_TOLD"], "a", encoding="utf-8") as told:
        told.write(json.dumps({"step": step, "file": file, "by": by, **answer}) + "\n")


class Story:
    def __init__(self, client, capabilities):
        self.client = client
        self.capabilities = capabilities
        self.texts = {file: (FOLDER / file).read_text(encoding="utf-8") for file in LANGUAGES}
        self.versions = dict.fromkeys(LANGUAGES, 1)

    async def start(self):
        await self.client.start_io("cqlint", "lsp", "--stdio")
        folder = types.WorkspaceFolder(uri=FOLDER.as_uri(), name="workspace")
        started = await self.client.initialize_session(
            types.InitializeParams(capabilities=self.capabilities, root_uri=folder.uri, workspace_folders=[folder])
        )
        encoding = types.PositionEncodingKind(started.capabilities.position_encoding or "utf-16")
        self.encoding, self.width = UNITS[encoding]
        self.pulls = started.capabilities.diagnostic_provider is not None
        who = f"{started.server_info.name} {started.server_info.version}, {encoding.value}, "
        tell("started", "", "initialize", text=who + ("findings are asked for" if self.pulls else "findings are sent"))

    def uri(self, file):
        return (FOLDER / file).as_uri()

    def document(self, file):
        return types.TextDocumentIdentifier(uri=self.uri(file))

    def offset(self, file, place):
        """Where a place of the protocol is in a text."""
        lines = self.texts[file].split("\n")
        units = lines[place.line].encode(self.encoding)[: place.character * self.width]
        return sum(len(line) + 1 for line in lines[: place.line]) + len(units.decode(self.encoding))

    def place(self, file, text):
        """The place of a piece of a text."""
        before = self.texts[file][: self.texts[file].index(text)]
        line, start = before.count("\n"), before.rfind("\n") + 1
        return types.Position(line, len(before[start:].encode(self.encoding)) // self.width)

    def open(self):
        for file, language in LANGUAGES.items():
            document = types.TextDocumentItem(self.uri(file), language, self.versions[file], self.texts[file])
            self.client.text_document_did_open(types.DidOpenTextDocumentParams(document))

    async def findings(self, file):
        if self.pulls:
            asked = types.DocumentDiagnosticParams(self.document(file))
            report = await self.client.text_document_diagnostic_async(asked)
            found = report.items
        else:
            found = self.client.diagnostics.get(self.uri(file), [])
        lines = []
        for finding in found:
            assert finding.source == "cqlint", finding
            marked = self.texts[file][self.offset(file, finding.range.start) : self.offset(file, finding.range.end)]
            lines.append(f"{finding.range.start.line + 1} {finding.code}: {marked}")
        return sorted(lines)

    async def tell_findings(self, step, wanted):
        by = "textDocument/diagnostic" if self.pulls else "textDocument/publishDiagnostics"
        for file in LANGUAGES:
            found = await self.findings(file)
            end = asyncio.get_running_loop().time() + PATIENCE
            while found != wanted[file] and asyncio.get_running_loop().time() < end:
                await asyncio.sleep(0.05)
                found = await self.findings(file)
            tell(step, file, by, findings=found)

    async def hover(self):
        place = self.place("queries.cql", "UPDATE visits")
        answer = await self.client.text_document_hover_async(types.HoverParams(self.document("queries.cql"), place))
        tell("hover", "queries.cql", "textDocument/hover", text=answer.contents.value)

    async def action(self, file, text, only, chosen):
        place = self.place(file, text)
        asked = types.CodeActionParams(
            self.document(file), types.Range(place, place), types.CodeActionContext(diagnostics=[], only=only)
        )
        actions = await self.client.text_document_code_action_async(asked)
        action = next(action for action in actions or [] if chosen(action))
        if action.edit is None:
            action = await self.client.code_action_resolve_async(action)
        self.apply(action.edit)

    def apply(self, edit):
        """Changes the texts, and tells the server so as an editor does: only what is different."""
        changes = {uri: edits for uri, edits in (edit.changes or {}).items()}
        for change in edit.document_changes or []:
            changes[change.text_document.uri] = change.edits
        for file in LANGUAGES:
            # From the last to the first: so the places of those before stay.
            edits = sorted(changes.get(self.uri(file), []), key=lambda edit: self.offset(file, edit.range.start), reverse=True)
            parts = []
            for edit in edits:
                start, end = self.offset(file, edit.range.start), self.offset(file, edit.range.end)
                parts.append(types.TextDocumentContentChangePartial(range=edit.range, text=edit.new_text))
                self.texts[file] = self.texts[file][:start] + edit.new_text + self.texts[file][end:]
            if parts:
                self.versions[file] += 1
                document = types.VersionedTextDocumentIdentifier(self.versions[file], self.uri(file))
                self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, parts))

    async def rename(self):
        place = self.place("schema.cql", "amount")
        asked = types.PrepareRenameParams(self.document("schema.cql"), place)
        assert await self.client.text_document_prepare_rename_async(asked) is not None
        asked = types.RenameParams(self.document("schema.cql"), place, "total")
        self.apply(await self.client.text_document_rename_async(asked))
        for file in LANGUAGES:
            tell("renamed", file, "textDocument/rename", text=self.texts[file])

    async def play(self):
        await self.start()
        self.open()
        await self.tell_findings("findings", FOUND["before"])
        await self.hover()
        await self.action("Shop.java", 'newInstance("SELECT amount', None, lambda action: action.is_preferred)
        tell("fixed", "Shop.java", "textDocument/codeAction", text=self.texts["Shop.java"])
        kind = "source.fixAll.cqlint"
        await self.action("schema.cql", "CREATE TABLE orders", [kind], lambda action: action.kind == kind)
        tell("fixed all", "schema.cql", kind, text=self.texts["schema.cql"])
        await self.rename()
        await self.tell_findings("findings again", FOUND["after"])
        await self.client.shutdown_session()


def client():
    """It agrees to whatever its capabilities let the server register."""
    made = make_test_lsp_client()
    made.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda _parameters: None)
    return made


warnings.simplefilter("error", LspSpecificationWarning)
known = json.loads(pathlib.Path(sys.argv[1]).read_text())
if sys.argv[2:]:
    known["general"]["positionEncodings"] = sys.argv[2:]
asyncio.run(Story(client(), converters.get_converter().structure(known, types.ClientCapabilities)).play())
