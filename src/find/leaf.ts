import type { FoundArtifact, FoundToken, Piece } from "./found-artifact.ts";
import { type NameSense, senseOf } from "./names.ts";
import { idTokenKinds, looksLikeToken, type TokenKind, tokenKinds, tokenKindsOf } from "./token-kind.ts";
import { unwrap } from "./wrapped.ts";
import { xmlBehind } from "./xml-behind.ts";
import { xmlKind } from "./xml-kind.ts";
import { xmlName } from "./xml-name.ts";

/**
 * What a piece is as a whole: an artifact, `sure` unless only its looks speak for it; or something that is recognised
 * and is none, which `mayHold` some.
 */
export type Leaf =
  | { readonly artifact: FoundArtifact; readonly sure: boolean }
  | { readonly passedOver: string; readonly mayHold: boolean };

/** What a piece is, as a whole; undefined when it is nothing known, or something that may hold artifacts. */
export function leafOf(piece: Piece): Leaf | undefined {
  const { text, at, bytes, decoded } = piece;
  if (decoded !== undefined) {
    return { artifact: { ...asKinds(tokenKindsOf(decoded)), artifact: decoded, at }, sure: false };
  }
  if (/^\uFEFF*</.test(text)) return xmlLeaf(piece, text, bytes ?? text);
  const line = unwrap(text);
  if (line === undefined) return undefined;
  if (looksLikeToken(line)) return tokenLeaf(piece, line);
  const behind = xmlBehind(line, mayBeDeflated(piece.name));
  if (behind === undefined) return undefined;
  return behind.redirected
    ? redirectedLeaf(piece, behind.text)
    : xmlLeaf(piece, behind.text, behind.bytes ?? behind.text);
}

/** What goes by the Redirect binding: a response, and what is to be named as a request. */
function mayBeDeflated(name: string | undefined): boolean {
  return name === undefined || senseOf(name) === "xml" || /^SAMLRequest$/i.test(name);
}

function tokenLeaf({ name, at }: Piece, artifact: string): Leaf {
  const sense = senseOf(name);
  if (sense === "none" || sense === "xml") {
    return {
      passedOver: `is a token under the name ${name ?? ""}, which is no evidence of a sign-in`,
      mayHold: false,
    };
  }
  return {
    artifact: { ...asKinds(kindsUnder(sense, artifact)), artifact, at },
    sure: sense !== "unknown",
  };
}

/** The likeliest kind, and all of them where there are several. */
function asKinds(kinds: readonly TokenKind[]): Pick<FoundToken, "kind" | "kinds"> {
  const [kind = "id-token", ...others] = kinds;
  return { kind, ...(others.length === 0 ? {} : { kinds }) };
}

/** What is called an access token or ID token is one; an external method's answer goes by the name of an ID token. */
function kindsUnder(sense: NameSense, artifact: string): readonly TokenKind[] {
  if (sense === "access-token") return [sense];
  return sense === "id-token" ? idTokenKinds(artifact) : tokenKinds(artifact);
}

function xmlLeaf({ at }: Piece, text: string, artifact: string | Uint8Array): Leaf | undefined {
  const kind = xmlKind(text);
  if (kind === "html") return undefined;
  if (kind === "other") return { passedOver: xmlName(text), mayHold: true };
  return kind === "saml-response"
    ? { artifact: { kind, artifact, at }, sure: true }
    : { artifact: { kind, artifact, at }, sure: true };
}

function redirectedLeaf({ at }: Piece, xml: string): Leaf {
  return xmlKind(xml) === "saml-response"
    ? { artifact: { kind: "saml-response", artifact: { binding: "redirect", xml }, at }, sure: true }
    : { passedOver: xmlName(xml), mayHold: false };
}
