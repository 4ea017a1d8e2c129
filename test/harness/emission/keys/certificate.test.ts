import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { selfSignedCertificate } from "../../../../harness/emission/keys/certificate.ts";

const key = generateKeyPairSync("rsa", { modulusLength: 2048 });
const TEN_YEARS = 10 * 365 * 86_400;

describe.each([
  { now: 1_795_000_000 },
  { now: 2_500_000_000 }, // ends after 2049, where four-digit years begin
  { now: -400_000_000 }, // starts before 1950, until when they are needed too
])("made at $now", ({ now }) => {
  const pem = selfSignedCertificate(key, "mfa-harness mock IdP", now);
  const certificate = new X509Certificate(pem);

  test("is of the key and signed by it", () => {
    expect(certificate.checkPrivateKey(key.privateKey)).toBe(true);
    expect(certificate.verify(key.publicKey)).toBe(true);
    expect(certificate.subject).toBe("CN=mfa-harness mock IdP");
    expect(certificate.issuer).toBe(certificate.subject);
    expect(certificate.ca).toBe(false);
  });

  test("is valid for ten years before and after", () => {
    expect(Date.parse(certificate.validFrom) / 1000).toBe(now - TEN_YEARS);
    expect(Date.parse(certificate.validTo) / 1000).toBe(now + TEN_YEARS);
  });
});

test("the same key, name and moment make the same certificate, whichever replica makes it", () => {
  expect(selfSignedCertificate(key, "x", 7)).toBe(selfSignedCertificate(key, "x", 7));
});

test("each has a serial number of its own, positive and of 16 octets", () => {
  const serials = Array.from({ length: 50 }, (_, at) => {
    const { serialNumber } = new X509Certificate(selfSignedCertificate(key, "x", at));
    return serialNumber;
  });
  expect(new Set(serials).size).toBe(50);
  for (const serial of serials) expect(serial).toMatch(/^[4-7][0-9A-F]{31}$/);
});

test("another key did not sign it", () => {
  const other = generateKeyPairSync("rsa", { modulusLength: 2048 });
  expect(new X509Certificate(selfSignedCertificate(key, "x", 0)).verify(other.publicKey)).toBe(false);
});
