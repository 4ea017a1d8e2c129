import { DOMParser } from "@xmldom/xmldom";
import { ExclusiveCanonicalization } from "xml-crypto";

/** White space in an end tag, which XML allows and xmldom takes for a part of the name. */
const LOOSE_END_TAG = /<\/([^\s<>]+)\s+>/g;

const SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";

/** What xmldom only complains about is compared all the same. */
function ignore(): void {}

/**
 * What the signatures of a message cover, by a parser and a canonicalisation that share no code with ours: each
 * element that holds a signature, without that signature, in exclusive canonical form.
 */
export function canonicalContent(xml: string): readonly string[] {
  const errorHandler = { warning: ignore, error: ignore, fatalError: ignore };
  const document = new DOMParser({ errorHandler }).parseFromString(
    xml.replace(LOOSE_END_TAG, "</$1>"),
    "text/xml",
  );
  // Both lists are live, and taking a signature away would change them.
  const signatures = Array.from(document.getElementsByTagNameNS(SIGNATURE, "Signature"));
  return signatures.map((signature) => {
    const { parentNode: signed, nextSibling } = signature;
    if (signed === null) return "";
    signed.removeChild(signature);
    const canonical = new ExclusiveCanonicalization().processInner(signed, [], "", [], []);
    signed.insertBefore(signature, nextSibling);
    return canonical;
  });
}
