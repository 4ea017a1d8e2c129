import type { TrustedIssuer } from "../../../src/index.ts";

/**
 * What a person should know about the keys they gave, each a line: certificates that are not valid at the moment judged at,
 * and private keys. Neither keeps them from being used: of a certificate only the key counts, of a key the public part.
 */
export async function keyNotes(
  issuers: readonly TrustedIssuer[],
  now: number | undefined,
): Promise<readonly string[]> {
  const certificates = issuers.flatMap(({ certificates = [] }) => certificates);
  const keys = issuers.flatMap(({ jwks }) => jwks?.keys ?? []);
  return [
    ...(certificates.length === 0 ? [] : await validityNotes(certificates, now)),
    ...(keys.some(({ d }) => typeof d === "string")
      ? [
          "note: --keys holds a private key; its public part is used. Keep the private part out of files that are shared.\n",
        ]
      : []),
  ];
}

async function validityNotes(
  certificates: readonly string[],
  now = Date.now() / 1000,
): Promise<readonly string[]> {
  const { X509Certificate } = await import("node:crypto");
  return certificates.flatMap((pem) => {
    const { subject, validFrom, validTo } = new X509Certificate(pem);
    const name = subject.replaceAll("\n", ", ");
    const used = "its key is used all the same, for SAML binds keys and not dates";
    if (Date.parse(validTo) / 1000 < now) {
      return [`note: the certificate ${name} in --keys expired on ${isoDay(validTo)}; ${used}\n`];
    }
    return Date.parse(validFrom) / 1000 > now
      ? [`note: the certificate ${name} in --keys is valid from ${isoDay(validFrom)} on; ${used}\n`]
      : [];
  });
}

function isoDay(date: string): string {
  return new Date(date).toISOString().slice(0, 10);
}
