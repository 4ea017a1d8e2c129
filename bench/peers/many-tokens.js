// The peer of goal 10: the same number of ID tokens minted and verified with jose, eight at a time. Argument: how many.
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from "jose";

const count = Number(process.argv[2]);
const started = performance.now();
const { privateKey, publicKey } = await generateKeyPair("RS256");
const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: "bench", alg: "RS256" }] });
const queue = Array.from({ length: count }).keys();
const worker = async () => {
  for (const index of queue) {
    const token = await new SignJWT({
      nonce: "n",
      amr: ["pwd", "otp", "mfa"],
      acr: "a",
      sub: `user-${index}`,
    })
      .setProtectedHeader({ alg: "RS256", kid: "bench", typ: "JWT" })
      .setIssuer("http://127.0.0.1")
      .setAudience("library")
      .setIssuedAt()
      .setExpirationTime("1h")
      .sign(privateKey);
    await jwtVerify(token, keys, { issuer: "http://127.0.0.1", audience: "library" });
  }
};
await Promise.all(Array.from({ length: 8 }, worker));
process.stdout.write(`${performance.now() - started} ${process.resourceUsage().maxRSS / 1024}\n`);
