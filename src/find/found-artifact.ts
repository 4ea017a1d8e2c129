import type { JsonObject, RedirectedMessage, Token } from "../artifact.ts";
import type { TokenKind } from "./token-kind.ts";

/** A token in a text, and the kinds it may be of; nothing of it has been checked. */
export interface FoundToken {
  /** A guess where there are several, on which no verdict may rest: `judgeFound` asks all. */
  readonly kind: TokenKind;
  /** Every kind that it may be of, the likeliest first; absent where its name or its claims settle it. */
  readonly kinds?: readonly TokenKind[];
  readonly artifact: string;
  /** Where it was found: line, JSON Pointer, parameter; the empty string when it is the whole text. */
  readonly at: string;
}

/** A token that a tool has decoded: what it says, without its signature. */
export interface FoundDecoded {
  /** A guess where there are several, as for a token. */
  readonly kind: TokenKind;
  readonly kinds?: readonly TokenKind[];
  readonly artifact: Token;
  /** Where it was found: line, JSON Pointer, parameter; the empty string when it is the whole text. */
  readonly at: string;
}

/** A response in a text, by the name of its root; nothing of it has been checked. */
export interface FoundResponse<Kind extends "saml-response" | "ws-fed-response"> {
  readonly kind: Kind;
  /** The XML, decoded; as bytes when they are not UTF-8. */
  readonly artifact: string | Uint8Array;
  /** Where it was found: line, JSON Pointer, parameter; the empty string when it is the whole text. */
  readonly at: string;
}

/** A SAML response that came compressed in a URL. */
export interface FoundRedirected {
  readonly kind: "saml-response";
  readonly artifact: RedirectedMessage;
  /** Where it was found: line, JSON Pointer, parameter; the empty string when it is the whole text. */
  readonly at: string;
}

/** A signed thing in a text. */
export type FoundArtifact =
  | FoundToken
  | FoundDecoded
  | FoundResponse<"saml-response">
  | FoundResponse<"ws-fed-response">
  | FoundRedirected;

/** A part of the text that is still to be looked at. */
export interface Piece {
  readonly text: string;
  /** What it is called there: a parameter, a header, a JSON member; undefined when it stands alone. */
  readonly name: string | undefined;
  readonly at: string;
  /** The bytes, when the text does not stand for them: they are in no encoding that is known, or declare one to be checked. */
  readonly bytes?: Uint8Array;
  /** The header of the token that this may be the decoded payload of. */
  readonly header?: JsonObject;
  /** A decoded token; then the text is empty. */
  readonly decoded?: Token;
  /** Why it was not searched. */
  readonly overLimit?: string;
}

/** Shorter texts can hold nothing signed. */
export const MIN_LENGTH = 20;

/** A part of a piece; `step` says where in it, the empty string when it is all of it. */
export function partOf(
  piece: Pick<Piece, "at">,
  step: string,
  text: string,
  name: string | undefined,
): Piece {
  return { text, name, at: [piece.at, step].filter((place) => place !== "").join(" ") };
}
