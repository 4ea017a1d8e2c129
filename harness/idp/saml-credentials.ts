import type { Emission } from "../emission/emission.ts";
import type { EmissionKeys } from "../emission/keys.ts";
import { xmlSigner, type XmlSigner } from "../emission/xml-signature.ts";
import { selfSignedCertificate } from "./saml-certificate.ts";

/** What the SAML side signs with; each part is made when first asked for. */
export interface SamlCredentials {
  /** PEM of the certificate of the published key. */
  readonly certificate: () => Promise<string>;
  readonly signer: (key: Emission["key"]) => Promise<XmlSigner>;
}

const COMMON_NAME = "mfa-harness mock IdP";

/**
 * Makes the credentials of one mock IdP from its keys. Every signer shows the one published certificate, unless the
 * emission asks for that of its own key, which names the same subject.
 */
export function makeSamlCredentials(keys: EmissionKeys, now: () => number): SamlCredentials {
  let certificate: Promise<string> | undefined;
  const signers = new Map<Emission["key"], Promise<XmlSigner>>();
  const makeCertificate = async (): Promise<string> =>
    selfSignedCertificate(await keys.published(), COMMON_NAME, now());
  const published = async (): Promise<string> => await (certificate ??= makeCertificate());
  const makeSigner = async (name: Emission["key"]): Promise<XmlSigner> => {
    const key = await keys[name]();
    const own = name === "published" ? await published() : selfSignedCertificate(key, COMMON_NAME, now());
    return xmlSigner(key, { certificate: await published(), key: await keys.published() }, own);
  };
  return {
    certificate: published,
    signer: (key) => {
      const signer = signers.get(key) ?? makeSigner(key);
      signers.set(key, signer);
      return signer;
    },
  };
}
