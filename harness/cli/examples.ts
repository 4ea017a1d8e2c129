/** Command lines as people write them, for the end of each help text: what is typed, and what for. */
export const EXAMPLES: Readonly<Record<string, readonly (readonly [line: string, does: string])[]>> = {
  "mfa-harness": [
    ["mfa-harness run", "every scenario, against what comes along or your targets"],
    ["mfa-harness doctor", "can a run against your app tell anything?"],
    ["mfa-harness judge token.jwt -k jwks.json", "what does this token show?"],
    ["mfa-harness serve --port 8400", "a mock IdP to sign in at"],
  ],
  run: [
    ["mfa-harness run --list", "what would be run"],
    ["mfa-harness run --grep amr -r list", "only what is about amr, no file written"],
    ["mfa-harness run --target portal -t browser", "your app in a real browser"],
    ["mfa-harness run -r list -r junit:junit.xml", "for a CI server"],
    ["mfa-harness run --baseline known.yaml", "bear known failures"],
  ],
  report: [
    ["mfa-harness report run.jsonl -r html", "another rendering"],
    ["mfa-harness report 1.jsonl 2.jsonl -r list", "the shards of one run"],
  ],
  doctor: [["mfa-harness doctor --target portal", "one target only"]],
  serve: [
    ["mfa-harness serve --port 8400", "the same address each time"],
    ["mfa-harness serve --https --ca-file ca.pem", "then NODE_EXTRA_CA_CERTS=ca.pem for the app"],
  ],
  judge: [
    ["mfa-harness judge token.jwt -k jwks.json", "one token"],
    ["mfa-harness judge sign-in.har", "everything that a browser recorded"],
    ["mfa-harness judge response.xml -p saml-attribute", "by another reader"],
    ["mfa-harness judge *.har -k jwks.json -k idp-metadata.xml", "several files, several issuers"],
    ["Get-Clipboard | mfa-harness judge -", "standard input; never a token as an argument"],
  ],
  rules: [["mfa-harness rules --coverage", "what the scenarios cover"]],
};

/** The examples of a command, as its help shows them. */
export function examplesText(command: string): string {
  const lines = EXAMPLES[command] ?? [];
  const width = Math.max(0, ...lines.map(([line]) => line.length));
  return ["", "Examples:", ...lines.map(([line, does]) => `  ${line.padEnd(width)}  ${does}`)].join("\n");
}
