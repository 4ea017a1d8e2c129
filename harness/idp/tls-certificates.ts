import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  X509Certificate,
} from "node:crypto";
import { isIPv4, isIPv6 } from "node:net";
import { promisify } from "node:util";
import { extension, makeCertificate, signsOnly, type Validity } from "../emission/keys/certificate.ts";
import {
  bitString,
  implicit,
  integer,
  isTrue,
  objectIdentifier,
  octetString,
  sequence,
  tagged,
} from "../emission/keys/der.ts";

/** What a server shows to whoever connects by TLS, and whom clients have to trust for it. */
export interface TlsIdentity {
  /** PEM of the private key. */
  readonly key: string;
  /** PEM of the server's certificate and of its authority's. */
  readonly chain: string;
  /** PEM of the authority's certificate, for trust stores and `NODE_EXTRA_CA_CERTS`. */
  readonly authority: string;
}

/** Who signs the certificates of a server. */
export interface TlsAuthority {
  /** PEM of the private key. */
  readonly privateKey: string;
  /** PEM; it names the hosts that it may sign for. */
  readonly certificate: string;
}

interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const BASIC_CONSTRAINTS = "551d13";
const KEY_USAGE = "551d0f";
const NAME_CONSTRAINTS = "551d1e";
const SUBJECT_ALTERNATIVE_NAMES = "551d11";
const SUBJECT_KEY_ID = "551d0e";
const AUTHORITY_KEY_ID = "551d23";
const EXTENDED_KEY_USAGE = "551d25";
/** 1.3.6.1.5.5.7.3.1 */
const SERVER_AUTHENTICATION = objectIdentifier("2b06010505070301");
const KEY_CERT_SIGN_AND_CRL_SIGN = bitString(Buffer.from([0x06]), 1);

/** Tags of a GeneralName (RFC 5280 §4.2.1.6). */
const DNS_NAME = 2;
const IP_ADDRESS = 7;

const AUTHORITY_NAME = "mfa-harness test authority";
const DAY_SECONDS = 86_400;
const YEAR_SECONDS = 365 * DAY_SECONDS;

const generate = promisify(generateKeyPair);

async function keyPair(): Promise<KeyPair> {
  return await generate("ec", { namedCurve: "P-256" });
}

function groupsOf(part: string): readonly string[] {
  return part === "" ? [] : part.split(":");
}

/** RFC 5952 leaves groups out; here all sixteen octets are wanted. */
function addressOctets(address: string): readonly number[] {
  if (isIPv4(address)) return address.split(".").map(Number);
  const [head = "", tail] = address.split("::");
  const before = groupsOf(head);
  const after = groupsOf(tail ?? "");
  const filled = [...before, ...Array<string>(8 - before.length - after.length).fill("0"), ...after];
  return filled.flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

function isAddress(host: string): boolean {
  return isIPv4(host) || isIPv6(host);
}

function alternativeName(host: string): Buffer {
  if (isAddress(host)) return implicit(IP_ADDRESS, Buffer.from(addressOctets(host)));
  return implicit(DNS_NAME, Buffer.from(host));
}

/** An address with a mask that leaves no other one (RFC 5280 §4.2.1.10). */
function permitted(host: string): Buffer {
  if (!isAddress(host)) return sequence(alternativeName(host));
  const octets = addressOctets(host);
  return sequence(implicit(IP_ADDRESS, Buffer.from([...octets, ...octets.map(() => 0xff)])));
}

function keyId(publicKey: KeyObject): Buffer {
  const spki = publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(spki).digest().subarray(0, 20);
}

/** RFC 5280 §4.2.1.1 and §4.2.1.2: which key signed, and which key this is. */
function keyIds(own: KeyObject, authority: KeyObject): readonly Buffer[] {
  return [
    extension(SUBJECT_KEY_ID, "plain", octetString(keyId(own))),
    extension(AUTHORITY_KEY_ID, "plain", sequence(implicit(0, keyId(authority)))),
  ];
}

/** Whoever trusts this authority trusts it for these hosts alone, and for no further authority. */
function authorityCertificate(pair: KeyPair, hosts: readonly string[], validity: Validity): string {
  return makeCertificate({
    subject: AUTHORITY_NAME,
    publicKey: pair.publicKey,
    issuer: { name: AUTHORITY_NAME, privateKey: pair.privateKey },
    validity,
    extensions: [
      extension(BASIC_CONSTRAINTS, "critical", sequence(isTrue(), integer(0))),
      extension(KEY_USAGE, "critical", KEY_CERT_SIGN_AND_CRL_SIGN),
      extension(NAME_CONSTRAINTS, "critical", sequence(tagged(0, ...hosts.map(permitted)))),
      ...keyIds(pair.publicKey, pair.publicKey),
    ],
  });
}

function serverCertificate(
  { publicKey }: KeyPair,
  authority: KeyPair,
  hosts: readonly string[],
  validity: Validity,
): string {
  return makeCertificate({
    subject: hosts[0] ?? "localhost",
    publicKey,
    issuer: { name: AUTHORITY_NAME, privateKey: authority.privateKey },
    validity,
    extensions: [
      extension(BASIC_CONSTRAINTS, "critical", sequence()),
      signsOnly(),
      extension(EXTENDED_KEY_USAGE, "plain", sequence(SERVER_AUTHENTICATION)),
      extension(SUBJECT_ALTERNATIVE_NAMES, "plain", sequence(...hosts.map(alternativeName))),
      ...keyIds(publicKey, authority.publicKey),
    ],
  });
}

function pemOf({ privateKey }: KeyPair): string {
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

/** Moments that certificates are valid at, seconds since the epoch. */
type Moments = readonly [number, ...number[]];

/**
 * Makes an authority that can sign for some hosts alone.
 *
 * @param hosts names and addresses; IPv6 without brackets
 * @param around moments; it is valid for ten years before and after them
 */
export async function makeTlsAuthority(hosts: readonly string[], around: Moments): Promise<TlsAuthority> {
  const pair = await keyPair();
  const validity = {
    from: Math.min(...around) - 10 * YEAR_SECONDS,
    until: Math.max(...around) + 10 * YEAR_SECONDS,
  };
  return { privateKey: pemOf(pair), certificate: authorityCertificate(pair, hosts, validity) };
}

function isValidIn({ certificate }: TlsAuthority, { from, until }: Validity): boolean {
  const { validFrom, validTo } = new X509Certificate(certificate);
  return Date.parse(validFrom) / 1000 <= from && until <= Date.parse(validTo) / 1000;
}

/**
 * Makes the certificate of one server.
 *
 * @param hosts names and addresses of the server; IPv6 without brackets
 * @param around moments that it is valid at. Browsers refuse a server's certificate that is valid for too long, so it is
 * for a year and a month where one moment is given.
 * @param known who signs it, unless it is not valid at these moments; default: an authority made for it
 */
export async function makeTlsIdentity(
  hosts: readonly string[],
  around: Moments,
  known?: TlsAuthority,
): Promise<TlsIdentity> {
  const validity = {
    from: Math.min(...around) - 30 * DAY_SECONDS,
    until: Math.max(...around) + YEAR_SECONDS,
  };
  const isKnown = known !== undefined && isValidIn(known, validity);
  const authority = isKnown ? known : await makeTlsAuthority(hosts, around);
  const pair = await keyPair();
  const privateKey = createPrivateKey(authority.privateKey);
  const signer = { privateKey, publicKey: createPublicKey(privateKey) };
  return {
    key: pemOf(pair),
    chain: `${serverCertificate(pair, signer, hosts, validity)}${authority.certificate}`,
    authority: authority.certificate,
  };
}
