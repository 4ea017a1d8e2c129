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

/** Makes the credentials of one mock IdP from its keys. Every signer shows the one certificate. */
export function makeSamlCredentials(keys: EmissionKeys, now: () => number): SamlCredentials {
  let certificate: Promise<string> | undefined;
  const signers = new Map<Emission["key"], Promise<XmlSigner>>();
  const makeCertificate = async (): Promise<string> =>
    selfSignedCertificate(await keys.published(), "mfa-harness mock IdP", now());
  const makeSigner = async (key: Emission["key"]): Promise<XmlSigner> =>
    xmlSigner(await keys[key](), await (certificate ??= makeCertificate()));
  return {
    certificate: () => (certificate ??= makeCertificate()),
    signer: (key) => {
      const signer = signers.get(key) ?? makeSigner(key);
      signers.set(key, signer);
      return signer;
    },
  };
}
