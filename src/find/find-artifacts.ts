import { decodeBytewise } from "../read/web-crypto.ts";
import { decodeText } from "./decode-text.ts";
import { type FoundArtifact, MIN_LENGTH, type Piece } from "./found-artifact.ts";
import { gunzip } from "./inflate.ts";
import { leafOf } from "./leaf.ts";
import { openBase64 } from "./open-base64.ts";
import { openCarets } from "./open-carets.ts";
import { openForm } from "./open-form.ts";
import { openHtml } from "./open-html.ts";
import { openJson } from "./open-json.ts";
import { openPercent } from "./open-percent.ts";
import { openText } from "./open-text.ts";
import { openXml } from "./open-xml.ts";
import type { Note, Search } from "./search.ts";

/** Longest text that is searched, characters. */
const MAX_TEXT_LENGTH = 128 * 1024 * 1024;
const MAX_FOUND = 1000;
/** A form in a page in base64 in JSON in a HAR file is five deep. */
const MAX_NESTING = 8;
const MAX_NOTES = 20;
const UTF_16_UNIT = 2;
const HEAD = 256;
/** XML that says itself to be in UTF-16: whether that is so, the bytes tell. */
const UTF_16_XML = /^\s*<\?xml\s[^>]*?\sencoding\s*=\s*["']utf-16["']/i;

/**
 * Finds the signed things in a text or file: the artifacts of `searchArtifacts`. Where a text may be over a limit, call
 * that instead: it says what it did not search.
 *
 * @returns each artifact once, in order of appearance, at most 1000; never throws
 */
export function findArtifacts(input: string | Uint8Array): readonly FoundArtifact[] {
  return searchArtifacts(input).artifacts;
}

/**
 * Searches a text or file for signed things, whatever it is: a token or XML, raw or in base64 (also URL-safe, wrapped or
 * percent-encoded), a form body, a URL with query and fragment, a token endpoint's answer, a cache of MSAL, a page that
 * posts a form, a HAR file, a SAML-tracer export, an export of Burp Suite, a SAML response compressed for the Redirect
 * binding, JSON in JSON, the listing of a shell, a list or a log of several.
 *
 * A token is recognised by its JSON header, and inside a structure by the name it goes by: what is called
 * `id_token_hint` or `refresh_token` is no evidence of a sign-in. Only where nothing else is found, a token under a name
 * that is not known is taken, and then what a tool has decoded, which bears no signature.
 *
 * @param input text, or the bytes of a file: UTF-8, UTF-16 or gzip; at most 128 Mi characters
 * @returns what was found, what was passed over, and what is over a limit and was not searched; never throws
 */
export function searchArtifacts(input: string | Uint8Array): Search {
  if (typeof input === "string") return searchText({ text: input, name: undefined, at: "" });
  const bytes = gunzip(input, MAX_TEXT_LENGTH + 1) ?? input;
  if (bytes.length > UTF_16_UNIT * MAX_TEXT_LENGTH) return tooLong(bytes.length);
  const text = decodeText(bytes);
  const piece = { text: text ?? decodeBytewise(bytes), name: undefined, at: "" };
  return searchText(text === undefined || UTF_16_XML.test(text.slice(0, HEAD)) ? { ...piece, bytes } : piece);
}

function tooLong(length: number): Search {
  const message = `has ${length} characters; ${MAX_TEXT_LENGTH} (128 Mi) are searched at most`;
  return { artifacts: [], unsearched: [{ at: "", message }], passedOver: [] };
}

/** Takes white space off both ends, and a byte order mark; of several two stay, for the judge to refuse. */
function trim(text: string): string {
  return text.startsWith("\uFEFF\uFEFF") ? `\uFEFF\uFEFF${text.trim()}` : text.trim();
}

interface Nested {
  readonly piece: Piece;
  readonly nesting: number;
}

/** What the search knows so far. */
interface Findings {
  readonly sure: Map<unknown, FoundArtifact>;
  /** Tokens under unknown names. */
  readonly likely: Map<unknown, FoundArtifact>;
  readonly decoded: Map<unknown, FoundArtifact>;
  readonly unsearched: Note[];
  readonly passedOver: Note[];
}

function searchText(whole: Piece): Search {
  if (whole.text.length > MAX_TEXT_LENGTH) return tooLong(whole.text.length);
  const findings: Findings = {
    sure: new Map(),
    likely: new Map(),
    decoded: new Map(),
    unsearched: [],
    passedOver: [],
  };
  const pending: Nested[] = [{ piece: whole, nesting: 0 }];
  for (let next = pending.pop(); next !== undefined && !isFull(findings); next = pending.pop()) {
    const piece = { ...next.piece, text: trim(next.piece.text) };
    if (settle(piece, findings)) continue;
    const parts = open(piece);
    if (next.nesting === MAX_NESTING) noteNesting(piece, parts, findings);
    // The last one in is the first one out.
    else for (const part of parts.toReversed()) pending.push({ piece: part, nesting: next.nesting + 1 });
  }
  return resultOf(findings);
}

/** Sorts a piece in as what it is as a whole. @returns whether there is nothing more to look for in it */
function settle(piece: Piece, findings: Findings): boolean {
  if (piece.overLimit !== undefined) {
    note(findings.unsearched, piece.at, `${piece.overLimit}: not searched`);
    return true;
  }
  const leaf = leafOf(piece);
  if (leaf === undefined) return false;
  if ("passedOver" in leaf) {
    note(findings.passedOver, piece.at, leaf.passedOver);
    return !leaf.mayHold;
  }
  add(leaf.artifact, leaf.sure, findings);
  return true;
}

function add(found: FoundArtifact, sure: boolean, { sure: first, likely, decoded }: Findings): void {
  const { artifact } = found;
  if (typeof artifact === "string" || artifact instanceof Uint8Array) {
    const among = sure ? first : likely;
    if (!among.has(artifact)) among.set(artifact, found);
  } else if ("xml" in artifact) first.set(artifact.xml, found);
  else decoded.set(JSON.stringify(artifact), found);
}

function noteNesting(piece: Piece, parts: readonly Piece[], { unsearched }: Findings): void {
  const isMore = parts.some(
    (part) => part.at !== piece.at || part.name !== piece.name || leafOf(part) !== undefined,
  );
  if (isMore) note(unsearched, piece.at, `is wrapped more than ${MAX_NESTING} times: not searched`);
}

function note(notes: Note[], at: string, message: string): void {
  const isNew = !notes.some((each) => each.at === at && each.message === message);
  if (isNew && notes.length < MAX_NOTES) notes.push({ at, message });
}

/** One more than is handed out, so that it is known whether there are more. */
function isFull({ sure, likely, decoded }: Findings): boolean {
  return [sure, likely, decoded].some(({ size }) => size > MAX_FOUND);
}

function resultOf({ sure, likely, decoded, unsearched, passedOver }: Findings): Search {
  const found = [sure, likely, decoded].find(({ size }) => size > 0) ?? sure;
  const artifacts = [...found.values()];
  const next = artifacts[MAX_FOUND];
  if (next !== undefined) {
    const message = `follows on ${MAX_FOUND} others, which are as many as are handed out: not searched from there on`;
    unsearched.push({ at: next.at, message });
  }
  return { artifacts: artifacts.slice(0, MAX_FOUND), unsearched, passedOver };
}

function open(piece: Piece): readonly Piece[] {
  if (piece.text.length < MIN_LENGTH || /^(?:set-?)?cookies?$/i.test(piece.name ?? "")) return [];
  return (
    openHtml(piece) ??
    openXml(piece) ??
    openJson(piece) ??
    openBase64(piece) ??
    openCarets(piece) ??
    openForm(piece) ??
    openPercent(piece) ??
    openText(piece)
  );
}
