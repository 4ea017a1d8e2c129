import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { selfSignedCertificate } from "../../../../harness/emission/keys/certificate.ts";
import { SAMPLE_SP } from "./requests.ts";

/** A key of a service provider, with the certificate that its metadata shows. */
export interface PartnerKey {
  readonly privateKey: KeyObject;
  /** PEM. */
  readonly privatePem: string;
  readonly certificatePem: string;
}

/** Makes a key pair of a service provider. */
export function partnerKey(): PartnerKey {
  const key = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    privateKey: key.privateKey,
    privatePem: key.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certificatePem: selfSignedCertificate(key, "a service provider", Math.floor(Date.now() / 1000)),
  };
}

/** What the metadata of a service provider says. */
export interface PartnerMetadata {
  readonly entityId?: string;
  readonly acs?: string;
  readonly signing?: PartnerKey;
  /** Whether it says that it signs its requests. */
  readonly signsRequests?: boolean;
  readonly encryption?: PartnerKey;
  /** `md:EncryptionMethod` of the key for encryption. */
  readonly methods?: readonly string[];
  /** Last part of the binding's name, and the location. */
  readonly logout?: readonly (readonly ["HTTP-Redirect" | "HTTP-POST" | "SOAP", string])[];
  /** Where answers about logout go; default: where requests go. */
  readonly logoutAnswers?: string;
}

const BINDINGS = "urn:oasis:names:tc:SAML:2.0:bindings:";

function keyDescriptor(use: string, key: PartnerKey | undefined, methods: readonly string[] = []): string {
  if (key === undefined) return "";
  const certificate = key.certificatePem.replaceAll(/-----[^-]+-----/g, "");
  const algorithms = methods.map((method) => `<EncryptionMethod Algorithm="${method}"/>`).join("");
  return (
    `<KeyDescriptor use="${use}"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}` +
    `</ds:X509Certificate></ds:X509Data></ds:KeyInfo>${algorithms}</KeyDescriptor>`
  );
}

/** Writes the metadata of the service provider of every sample, or of another. */
export function partnerMetadata(says: PartnerMetadata): string {
  const { entityId = SAMPLE_SP.entityId, acs = SAMPLE_SP.acs, signsRequests = false, logout = [] } = says;
  const answers = says.logoutAnswers === undefined ? "" : ` ResponseLocation="${says.logoutAnswers}"`;
  const services = logout.map(
    ([binding, location]) =>
      `<SingleLogoutService Binding="${BINDINGS}${binding}" Location="${location}"${answers}/>`,
  );
  return (
    `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}"` +
    ` xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><SPSSODescriptor AuthnRequestsSigned="${signsRequests}"` +
    ` protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">` +
    keyDescriptor("signing", says.signing) +
    keyDescriptor("encryption", says.encryption, says.methods) +
    services.join("") +
    `<AssertionConsumerService Binding="${BINDINGS}HTTP-POST" Location="${acs}" index="0"/>` +
    `</SPSSODescriptor></EntityDescriptor>`
  );
}
