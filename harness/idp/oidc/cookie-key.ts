import { createHmac, createSecretKey, timingSafeEqual } from "node:crypto";

/** What signs cookies, and tells whether it did. */
export interface CookieKey {
  readonly sign: (data: string) => string;
  readonly verify: (data: string, signature: string) => boolean;
  /** 0: it signed this; -1: it did not. */
  readonly index: (data: string, signature: string) => number;
}

/**
 * Makes a key that signs cookies with HMAC-SHA-256: once for each cookie that is read, where keygrip, which oidc-provider
 * brings along, does it three times.
 *
 * @param secret the same at every replica
 */
export function makeCookieKey(secret: string): CookieKey {
  const key = createSecretKey(secret, "utf8");
  const sign = (data: string): string => createHmac("sha256", key).update(data).digest("base64url");
  const verify = (data: string, signature: string): boolean => {
    const [expected, shown] = [Buffer.from(sign(data)), Buffer.from(signature)];
    return expected.length === shown.length && timingSafeEqual(expected, shown);
  };
  return { sign, verify, index: (data, signature) => (verify(data, signature) ? 0 : -1) };
}
