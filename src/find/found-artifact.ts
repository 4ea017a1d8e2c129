/** A token in a text, and the kind it seems to be; nothing of it has been checked. */
export interface FoundToken {
  readonly kind: "access-token" | "id-token" | "eam-token";
  readonly artifact: string;
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

/** A signed thing in a text. */
export type FoundArtifact = FoundToken | FoundResponse<"saml-response"> | FoundResponse<"ws-fed-response">;

/** A part of the text that is still to be looked at. */
export interface Piece {
  readonly text: string;
  /** What it is called there: a parameter, a header, a JSON member; undefined when it stands alone. */
  readonly name: string | undefined;
  readonly at: string;
}

/** Shorter texts can hold nothing signed. */
export const MIN_LENGTH = 20;

/** A part of a piece; `step` says where in it. */
export function partOf(piece: Piece, step: string, text: string, name: string | undefined): Piece {
  return { text, name, at: piece.at === "" ? step : `${piece.at} ${step}` };
}
