import { headBehind, textBehind } from "./base64-text.ts";
import type { FoundArtifact, Piece } from "./found-artifact.ts";
import { senseOf } from "./names.ts";
import { looksLikeToken, tokenKind } from "./token-kind.ts";
import { unwrap } from "./wrapped.ts";
import { xmlKind } from "./xml-kind.ts";

/** The artifact that a piece is, as a whole; undefined when it is none, or something that may hold some. */
export function artifactIn(piece: Piece): FoundArtifact | undefined {
  const { text, at } = piece;
  if (text.startsWith("<")) return xmlArtifact(piece, text, text);
  const line = unwrap(text);
  if (line === undefined) return undefined;
  if (looksLikeToken(line)) return tokenArtifact(piece, line);
  const head = headBehind(line);
  // A SAML 2.0 response that is not UTF-8 has a root all the same, so that the judge may say what is wrong.
  return head.startsWith("<")
    ? xmlArtifact({ text, at, name: piece.name }, head, textBehind(line))
    : undefined;
}

function tokenArtifact({ name, at }: Piece, artifact: string): FoundArtifact | undefined {
  const sense = senseOf(name);
  if (sense === "other" || sense === "xml") return undefined;
  if (sense === "access-token") return { kind: sense, artifact, at };
  const kind = tokenKind(artifact);
  return { kind: sense === "id-token" && kind === "access-token" ? sense : kind, artifact, at };
}

/** XML that stands alone, or under a name for responses, is judged whatever its root: the judge says what is wrong. */
function xmlArtifact(
  { name, at }: Piece,
  head: string,
  artifact: string | Uint8Array | undefined,
): FoundArtifact | undefined {
  if (artifact === undefined) return undefined;
  const kind = xmlKind(typeof artifact === "string" ? artifact : head);
  if (kind === "html") return undefined;
  if (kind !== "other") return { kind, artifact, at };
  return at === "" || senseOf(name) === "xml" ? { kind: "saml-response", artifact, at } : undefined;
}
