const BOOLEAN = 0x01;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const NULL = 0x05;
const OBJECT_IDENTIFIER = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
const SEQUENCE = 0x30;
const SET = 0x31;
/** Context-specific: `[0]`, `[1]` … of a structure; constructed where it holds values of its own. */
const CONTEXT = 0x80;
const CONSTRUCTED = 0x20;

/** One DER value: tag, length in its shortest form, content. */
function der(tag: number, content: Uint8Array): Buffer {
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const hex = content.length.toString(16);
  const length = Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex");
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, content]);
}

/** SEQUENCE of what is given, in this order. */
export function sequence(...members: readonly Uint8Array[]): Buffer {
  return der(SEQUENCE, Buffer.concat(members));
}

/** SET of one. */
export function setOf(member: Uint8Array): Buffer {
  return der(SET, member);
}

/** Context-specific tag around values: `[number]`, explicit, or implicit around what is constructed. */
export function tagged(number: number, ...members: readonly Uint8Array[]): Buffer {
  return der(CONTEXT | CONSTRUCTED | number, Buffer.concat(members));
}

/** Context-specific tag in place of that of a primitive value: `[number] IMPLICIT`. */
export function implicit(number: number, content: Uint8Array): Buffer {
  return der(CONTEXT | number, content);
}

/** OBJECT IDENTIFIER of the hex digits of its content. */
export function objectIdentifier(hex: string): Buffer {
  return der(OBJECT_IDENTIFIER, Buffer.from(hex, "hex"));
}

/** INTEGER of its octets, the most significant first; the first bit is the sign. */
export function integer(...octets: readonly number[]): Buffer {
  return der(INTEGER, Buffer.from(octets));
}

/** BOOLEAN, which is written only where it is true. */
export function isTrue(): Buffer {
  return der(BOOLEAN, Buffer.from([0xff]));
}

/** NULL, the parameters of an algorithm that has none but says so. */
export function noParameters(): Buffer {
  return der(NULL, Buffer.alloc(0));
}

/** BIT STRING of whole octets, or with some bits of the last one unused. */
export function bitString(content: Uint8Array, unusedBits = 0): Buffer {
  return der(BIT_STRING, Buffer.concat([Buffer.from([unusedBits]), content]));
}

/** OCTET STRING. */
export function octetString(content: Uint8Array): Buffer {
  return der(OCTET_STRING, content);
}

/** UTF8String. */
export function utf8String(text: string): Buffer {
  return der(UTF8_STRING, Buffer.from(text));
}

/**
 * A time, with two-digit years until 2049, four-digit years from then on and before 1950 (RFC 5280 §4.1.2.5).
 *
 * @param seconds since the epoch
 */
export function time(seconds: number): Buffer {
  const date = new Date(Math.floor(seconds) * 1000);
  const digits = date.toISOString().replace(/\.\d+Z$|[-:T]/g, "");
  const year = date.getUTCFullYear();
  if (year < 1950 || year > 2049) return der(GENERALIZED_TIME, Buffer.from(`${digits}Z`));
  return der(UTC_TIME, Buffer.from(`${digits.slice(2)}Z`));
}
