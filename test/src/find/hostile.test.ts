import { deflateRawSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findArtifacts } from "../../../src/find/find-artifacts.ts";
import { segment } from "../support/tokens.ts";

const token = (claims: object): string => `${segment({ alg: "RS256" })}.${segment(claims)}.c2lnbmF0dXJl`;
const ID = token({ sub: "a", amr: ["mfa"] });
const SAML = '<samlp:Response xmlns:samlp="urn:p" Destination="https://sp/ü">x</samlp:Response>';
const WSFED = '<t:RequestSecurityTokenResponse xmlns:t="urn:t">a &amp; b</t:RequestSecurityTokenResponse>';
const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString("base64");

describe("hostile text", () => {
  const MEGA = 1024 * 1024;
  test.each([
    { name: "blanks before a line break", text: `a${" ".repeat(MEGA)}b` },
    { name: "line breaks", text: "\n".repeat(MEGA) },
    { name: "word characters", text: "a".repeat(MEGA) },
    { name: "dots", text: "eyJ9.".repeat(MEGA / 4) },
    { name: "padding", text: "=".repeat(MEGA) },
    { name: "fields without an end", text: `<html>${"<input a ".repeat(MEGA / 8)}` },
    { name: "fields in fields", text: `<html>${`<input a='" b="' `.repeat(MEGA / 16)}` },
    { name: "open quotes", text: `<html>${'<input name="'.repeat(MEGA / 16)}` },
    { name: "open comments", text: "<!--".repeat(MEGA / 4) },
    { name: "deep JSON", text: `${"[".repeat(MEGA)}${"]".repeat(MEGA)}` },
    {
      name: "JSON in JSON",
      text: Array.from({ length: 14 }).reduce<string>((text) => JSON.stringify([text]), "x".repeat(30)),
    },
    { name: "percent signs", text: `a=${"%".repeat(MEGA)}` },
    { name: "pairs", text: "a=b&".repeat(MEGA / 4) },
    { name: "CDATA without an end", text: `<a>${"<![CDATA[".repeat(MEGA / 8)}` },
    { name: "tags without an end", text: `<a>${"<b ".repeat(MEGA / 4)}` },
    { name: "a DOCTYPE of quotation marks", text: `<!DOCTYPE r [${"\"'".repeat(MEGA / 2)}` },
    { name: "a DOCTYPE of comments", text: `<!DOCTYPE r [${"<!--".repeat(MEGA / 4)}` },
    { name: "brackets without an end, each on a line", text: "{\n".repeat(MEGA / 2) },
    { name: "JSON that is none, over and over", text: "{\na\n}\n".repeat(MEGA / 8) },
    { name: "percent-encoding of percent signs", text: `%${"25".repeat(MEGA / 2)}` },
    {
      name: "a token that never ends",
      text: `x ${`${"eyJhbGciOiJSUzI1NiJ9".padEnd(76, "a")}\n`.repeat(MEGA / 76)}`,
    },
    {
      name: "lines that go on",
      text: `x: eyJhbGciOiJSUzI1NiJ9.${"a".repeat(60)}\n${`${"a".repeat(70)}\n`.repeat(MEGA / 70)}`,
    },
    { name: "names before names", text: "a: ".repeat(MEGA / 3) },
    { name: "much that was compressed to little", text: base64(deflateRawSync("<".repeat(32 * MEGA))) },
    {
      name: "many empty blocks of DEFLATE",
      text: Buffer.alloc(MEGA, Uint8Array.of(0x00, 0x00, 0x00, 0xff, 0xff)).toString("base64"),
    },
    { name: "wrapped dots", text: "eyJhbGciOiJub25lIn0\n.".repeat(MEGA / 16) },
  ])("$name: answered in time", ({ text }) => {
    // Time of the processor, not of the clock: other tests run beside this one.
    const start = process.cpuUsage();
    expect(findArtifacts(text).length).toBeLessThanOrEqual(1);
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(2000);
  });

  test("a thousand and no more", () => {
    const many = Array.from({ length: 1500 }, (_, index) => token({ index }));
    expect(findArtifacts(many.join("\n"))).toHaveLength(1000);
  });

  test("never throws, and names only what is in the text", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.constantFrom(
        ID,
        base64(SAML),
        SAML,
        WSFED,
        "\n",
        "&",
        "#",
        "{",
        '"',
        "id_token=",
        "%",
        "<input name=",
        "[",
        " ",
        ">",
        "{\n",
        "}",
        "}.{",
        "<![CDATA[",
        "]]>",
        "<!DOCTYPE r [",
        "%7B",
        "%25",
        "Authorization: Bearer ",
        "Cookie: ",
        JSON.stringify({ credential_type: "IdToken", secret: ID }),
        JSON.stringify({ iss: "a", aud: "b", exp: 1 }),
        base64(deflateRawSync(SAML.padEnd(200))),
        "\uFEFF",
        "\0",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join("");
        const bytes = Buffer.from(text, text.length % 2 === 0 ? "utf16le" : "latin1");
        expect(() => findArtifacts(bytes)).not.toThrow();
        for (const { artifact } of findArtifacts(text)) {
          if (typeof artifact === "string" && artifact.startsWith("ey")) {
            expect(text.replaceAll(/[\s>|]/g, "")).toContain(artifact);
          }
        }
      }),
    );
  });
});
