import type { SamlSignatureModel } from "../model.ts";
import { keyInfoContent } from "./key-info.ts";
import { signWithLibrary } from "./library-signature.ts";
import { signPlainXml } from "./plain-signature.ts";
import type { XmlSignaturePlace } from "./signature-place.ts";
import { signInfoAgain } from "./signed-info.ts";
import type { XmlSigner } from "./signer.ts";

const RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

/**
 * What xmldom turns into a line feed when it reads it raw, though it writes it raw: as a reference it stays what was
 * signed.
 */
const LINE_BREAKS = /[\r\u0085\u2028]/g;

/**
 * Signs one element of a document: enveloped, exclusive c14n, RSA with SHA-256, prefix `ds`, unless the form says
 * otherwise.
 *
 * @throws HarnessError when the form cannot be made
 */
export async function signXml(
  xml: string,
  place: XmlSignaturePlace,
  signer: XmlSigner,
  form: SamlSignatureModel = {},
): Promise<string> {
  const keyInfo = keyInfoContent(form.keyInfo, signer);
  const isUsual = form.transforms === undefined && form.digest === undefined;
  const plain = isUsual ? await signPlainXml(xml, place, signer, keyInfo) : undefined;
  const made = plain ?? (await signWithLibrary(xml, place, signer, form, keyInfo));
  const signed = await signInfoAgain(made, signer, {
    algorithm: form.algorithm ?? RSA_SHA256,
    edits: form.edits ?? [],
  });
  return signed.replace(LINE_BREAKS, (character) => `&#${character.charCodeAt(0)};`);
}
