import { artifactIn } from "./leaf.ts";
import { type FoundArtifact, MIN_LENGTH, type Piece } from "./found-artifact.ts";
import { openBase64 } from "./open-base64.ts";
import { openForm } from "./open-form.ts";
import { openHtml } from "./open-html.ts";
import { openJson } from "./open-json.ts";
import { openText } from "./open-text.ts";

/** Longest text that is searched, characters. */
const MAX_TEXT_LENGTH = 128 * 1024 * 1024;
const MAX_FOUND = 1000;
/** A form in a page in base64 in JSON in a HAR file is five deep. */
const MAX_NESTING = 8;

/**
 * Finds the signed things in a text, whatever it is: a token or XML, raw or in base64 (also URL-safe, also wrapped),
 * a form body, a URL with query and fragment, a token endpoint's answer, a page that posts a form, a HAR file, a
 * SAML-tracer export, a list or a log of several.
 *
 * A token is recognised by its JSON header, and inside a structure by the name it goes by: what is called
 * `id_token_hint` or `refresh_token` is no evidence of a sign-in. A SAML response by the redirect binding is not
 * found, for a sign-in must not come that way (SAML profiles §4.1.2).
 *
 * @param text at most 128 Mi characters; nothing is found in a longer one
 * @returns each artifact once, in order of appearance, at most 1000; never throws
 */
export function findArtifacts(text: string): readonly FoundArtifact[] {
  if (text.length > MAX_TEXT_LENGTH) return [];
  const found = new Map<string | Uint8Array, FoundArtifact>();
  const pending: Nested[] = [{ piece: { text, name: undefined, at: "" }, nesting: 0 }];
  for (let next = pending.pop(); next !== undefined && found.size < MAX_FOUND; next = pending.pop()) {
    const piece = { ...next.piece, text: next.piece.text.trim() };
    const artifact = artifactIn(piece);
    if (artifact !== undefined && !found.has(artifact.artifact)) found.set(artifact.artifact, artifact);
    if (artifact !== undefined || next.nesting === MAX_NESTING) continue;
    // The last one in is the first one out.
    for (const part of open(piece).toReversed()) pending.push({ piece: part, nesting: next.nesting + 1 });
  }
  return [...found.values()];
}

interface Nested {
  readonly piece: Piece;
  readonly nesting: number;
}

function open(piece: Piece): readonly Piece[] {
  if (piece.text.length < MIN_LENGTH) return [];
  return openHtml(piece) ?? openJson(piece) ?? openBase64(piece) ?? openForm(piece) ?? openText(piece);
}
