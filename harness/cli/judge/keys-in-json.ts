import type { JsonObject, TrustedIssuer } from "../../../src/index.ts";
import { isObject } from "./json-value.ts";
import { type KeyRefusal, PRIVATE_KEY } from "./key-refusal.ts";

type Found = readonly TrustedIssuer[] | KeyRefusal;

/** What a member that holds a certificate is called: by Microsoft Graph, by a JWK, by lists of Google's kind. */
const CERTIFICATE_MEMBERS = ["signingCertificate", "nextSigningCertificate"];

/**
 * Keys in a JSON document: a JWK Set, a JWK or a list of them, a document with a JWK Set in it, a federation configuration
 * of Microsoft Graph or a list of them, certificates by key id.
 */
export async function keysInJson(value: JsonObject | readonly unknown[]): Promise<Found> {
  const list = Array.isArray(value) ? value : undefined;
  const members = isObject(value) ? value : {};
  const set = list ?? (isObject(members["jwks"]) ? members["jwks"]["keys"] : undefined) ?? members["keys"];
  if (Array.isArray(set) && set.some((key) => isObject(key) && key["kty"] !== undefined)) {
    return await fromSet(set.filter(isObject), members["issuer"]);
  }
  if (members["kty"] !== undefined) return await fromSet([members], undefined);
  const configurations = (list ?? listIn(members) ?? [members]).filter(isObject).filter(hasCertificate);
  if (configurations.length > 0) return await fromConfigurations(configurations);
  if (Array.isArray(set))
    return { is: set.length === 0 ? "its list of keys is empty" : "nothing in it is a key" };
  return (await fromCertificatesById(members)) ?? nameOf(members);
}

/** Microsoft Graph wraps lists in `value`. */
function listIn({ value }: JsonObject): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

async function fromSet(keys: readonly JsonObject[], issuer: unknown): Promise<Found> {
  const certificates = await certificatesIn(keys.filter((key) => !isPublic(key)).flatMap(chainStart));
  if (!keys.some(verifies) && certificates.length === 0) return uselessSet(keys);
  return [
    {
      ...(typeof issuer === "string" ? { issuer } : {}),
      jwks: { keys },
      ...(certificates.length === 0 ? {} : { certificates }),
    },
  ];
}

function isPublic({ kty, n, e, crv, x, y }: JsonObject): boolean {
  if (kty === "RSA") return isText(n) && isText(e);
  if (kty === "EC") return isText(crv) && isText(x) && isText(y);
  return kty === "OKP" && isText(crv) && isText(x);
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function verifies(key: JsonObject): boolean {
  return isPublic(key) && (key["use"] === undefined || key["use"] === "sig");
}

/** The certificate of a key itself, the first of its chain. */
function chainStart({ x5c }: JsonObject): readonly string[] {
  const first: unknown = Array.isArray(x5c) ? x5c[0] : undefined;
  return typeof first === "string" ? [first] : [];
}

function uselessSet(keys: readonly JsonObject[]): KeyRefusal {
  if (keys.every(({ kty }) => kty === "oct")) {
    return { is: "it holds symmetric keys only, with which anybody who checks can also sign" };
  }
  if (keys.every((key) => isPublic(key))) return { is: "the keys in it are for encryption" };
  return { is: "no key in it is complete: RSA needs n and e, EC needs crv, x and y" };
}

function hasCertificate(value: JsonObject): boolean {
  return CERTIFICATE_MEMBERS.some((name) => typeof value[name] === "string" && value[name] !== "");
}

async function fromConfigurations(configurations: readonly JsonObject[]): Promise<Found> {
  const issuers: TrustedIssuer[] = [];
  for (const configuration of configurations) {
    const texts = CERTIFICATE_MEMBERS.map((name) => configuration[name]);
    const certificates = await certificatesIn(
      texts.filter((text) => typeof text === "string" && text !== ""),
    );
    const issuer = configuration["issuerUri"];
    if (certificates.length > 0) {
      issuers.push({ ...(typeof issuer === "string" ? { issuer } : {}), certificates });
    }
  }
  return issuers.length > 0 ? issuers : { is: "the certificate in it cannot be read" };
}

/** `{ "<key id>": "<PEM>" }`, as Google publishes certificates. */
async function fromCertificatesById(members: JsonObject): Promise<Found | undefined> {
  const texts = Object.values(members).filter((text) => typeof text === "string");
  const pem = texts.filter((text) => text.includes("-----BEGIN CERTIFICATE-----"));
  const certificates = pem.length === 0 ? [] : await certificatesIn(pem);
  return certificates.length === 0 ? undefined : [{ certificates }];
}

async function certificatesIn(texts: readonly unknown[]): Promise<readonly string[]> {
  if (texts.length === 0) return [];
  const { certificatesInText } = await import("./keys-in-certificates.ts");
  return texts.filter((text) => typeof text === "string").flatMap(certificatesInText);
}

function nameOf(members: JsonObject): KeyRefusal {
  const address = members["jwks_uri"];
  if (typeof address === "string") {
    return {
      is: "it is an OpenID configuration, which only says where the keys are",
      hint: `Nothing is fetched: save the document at ${address}, and name that.`,
    };
  }
  if (members["type"] === "service_account" || typeof members["private_key"] === "string") return PRIVATE_KEY;
  if (typeof members["id_token"] === "string" || typeof members["access_token"] === "string") {
    return { is: "it is an answer with tokens", hint: "Name the keys of their issuer." };
  }
  return { is: "it is JSON without keys" };
}
