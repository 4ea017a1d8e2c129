import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:https";
import { connect } from "node:tls";
import { expect, test } from "vitest";
import { makeTlsIdentity, type TlsIdentity } from "../../../harness/idp/tls-certificates.ts";

const DAY = 86_400;
const HOSTS = ["localhost", "127.0.0.1", "::1", "idp.example.test"];
const now = Math.floor(Date.now() / 1000);

/** The first and the second certificate of the chain. */
function certificates({ chain }: TlsIdentity): readonly [X509Certificate, X509Certificate] {
  const [server = "", authority = ""] = chain.split(/(?<=-----END CERTIFICATE-----\n)/);
  return [new X509Certificate(server), new X509Certificate(authority)];
}

function seconds(date: string): number {
  return Date.parse(date) / 1000;
}

/** Connects as a client that trusts the authority alone, and says what it makes of the server under this name. */
async function connected(
  identity: TlsIdentity,
  servername: string,
  ca = identity.authority,
): Promise<string> {
  const server = createServer({ key: identity.key, cert: identity.chain });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const socket = connect({
    host: "127.0.0.1",
    port,
    ca,
    ...(servername === "127.0.0.1" ? {} : { servername }),
  });
  const said = await once(socket, "secureConnect").then(
    () => "trusted",
    (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : "no code"),
  );
  socket.destroy();
  server.close();
  server.closeAllConnections();
  return said;
}

test("the authority may sign for its hosts and no further authority; the server for no one", async () => {
  const identity = await makeTlsIdentity(HOSTS, [now]);
  const [server, authority] = certificates(identity);
  expect(authority.ca).toBe(true);
  expect(server.ca).toBe(false);
  expect(authority.verify(authority.publicKey)).toBe(true);
  expect(server.verify(authority.publicKey)).toBe(true);
  expect(server.checkIssued(authority)).toBe(true);
  expect(server.subjectAltName).toBe(
    "DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:idp.example.test",
  );
  expect(server.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
  expect(new X509Certificate(identity.authority).fingerprint256).toBe(authority.fingerprint256);
});

test.each([
  { around: [now], from: now - 30 * DAY, until: now + 365 * DAY },
  { around: [now, now + 3000 * DAY], from: now - 30 * DAY, until: now + 3365 * DAY },
  { around: [now, now - 3000 * DAY], from: now - 3030 * DAY, until: now + 365 * DAY },
] as const)("valid at every moment of $around", async ({ around, from, until }) => {
  const [server, authority] = certificates(await makeTlsIdentity(HOSTS, around));
  expect([seconds(server.validFrom), seconds(server.validTo)]).toEqual([from, until]);
  expect(seconds(authority.validFrom)).toBeLessThan(from);
  expect(seconds(authority.validTo)).toBeGreaterThan(until);
});

test.each([
  { name: "localhost", said: "trusted" },
  { name: "127.0.0.1", said: "trusted" },
  { name: "idp.example.test", said: "trusted" },
  { name: "other.example.test", said: "ERR_TLS_CERT_ALTNAME_INVALID" },
])("a client asks for $name: $said", async ({ name, said }) => {
  expect(await connected(await makeTlsIdentity(HOSTS, [now]), name)).toBe(said);
});

test("a client that trusts the authority of another start refuses", async () => {
  const other = await makeTlsIdentity(HOSTS, [now]);
  const said = await connected(await makeTlsIdentity(HOSTS, [now]), "localhost", other.authority);
  expect(said).toBe("SELF_SIGNED_CERT_IN_CHAIN");
});
