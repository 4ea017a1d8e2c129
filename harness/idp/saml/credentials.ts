import type { Emission } from "../../emission/emission.ts";
import { selfSignedCertificate } from "../../emission/keys/certificate.ts";
import type { EmissionKey, EmissionKeys } from "../../emission/keys/keys.ts";
import { type XmlSigner, xmlSigner } from "../../emission/xml/signer.ts";

/** What the SAML side signs with; each part is made when first asked for. */
export interface SamlCredentials {
  /** PEM of the certificate of the published key. */
  readonly certificate: () => Promise<string>;
  /** The same if that key was made already. */
  readonly certificateSoFar: () => string | undefined;
  /** Base64 of the DER form of each certificate that metadata shows: that of the published key, then the retired ones. */
  readonly certificates: () => Promise<readonly string[]>;
  readonly signer: (key: Emission["key"]) => Promise<XmlSigner>;
}

type Signers = Map<Emission["key"], Promise<XmlSigner>>;

const COMMON_NAME = "mfa-harness mock IdP";

/** What is made of a key once, and forgotten with it. */
function ofKey<Value>(make: (key: EmissionKey) => Value): (key: EmissionKey) => Value {
  const made = new WeakMap<EmissionKey, Value>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

function base64Of(pem: string): string {
  return pem.replaceAll(/-----[^-]+-----|\s/g, "");
}

/**
 * Makes the credentials of one mock IdP from its keys. Every signer shows the one published certificate, unless the
 * emission asks for that of its own key, which names the same subject.
 */
export function makeSamlCredentials(keys: EmissionKeys, now: () => number): SamlCredentials {
  const certificateOf = ofKey((key) => selfSignedCertificate(key, COMMON_NAME, now()));
  const signersBeside = ofKey((): Signers => new Map());
  const makeSigner = async (name: Emission["key"], published: EmissionKey): Promise<XmlSigner> => {
    const key = name === "published" ? published : await keys[name]();
    return xmlSigner(key, { certificate: certificateOf(published), key: published }, certificateOf(key));
  };
  return {
    certificate: async () => certificateOf(await keys.published()),
    certificateSoFar: () => {
      const published = keys.published.made();
      return published === undefined ? undefined : certificateOf(published);
    },
    certificates: async () => {
      const shown = [await keys.published(), ...keys.retired()];
      return shown.map((key) => base64Of(certificateOf(key)));
    },
    signer: async (name) => {
      const published = await keys.published();
      const signers = signersBeside(published);
      const signer = signers.get(name) ?? makeSigner(name, published);
      signers.set(name, signer);
      return await signer;
    },
  };
}
