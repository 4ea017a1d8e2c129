import { expect, test } from "vitest";
import { ownPath, readExternalUrl } from "../../../harness/idp/external-url.ts";

test.each([
  ["https://idp.example.test", "https://idp.example.test"],
  ["https://idp.example.test/", "https://idp.example.test"],
  ["https://IDP.Example.test:443/base/", "https://idp.example.test/base"],
  ["https://idp.example.test:8443/a/b", "https://idp.example.test:8443/a/b"],
  ["https://10.0.0.1/a/../base", "https://10.0.0.1/base"],
  ["http://localhost:8400", "http://localhost:8400"],
  ["http://[::1]:8400/base", "http://[::1]:8400/base"],
])("%s is read as %s", (text, url) => {
  expect(readExternalUrl(text)).toBe(url);
});

test.each([
  ["idp.example.test", "it is no absolute URL"],
  ["/base", "it is no absolute URL"],
  ["https://", "it is no absolute URL"],
  ["ftp://idp.example.test", "it is neither https nor http"],
  ["https://user:secret@idp.example.test", "it names a user"],
  ["https://idp.example.test/?a=b", "it has a query or a fragment"],
  ["https://idp.example.test/base?", "it has a query or a fragment"],
  ["https://idp.example.test/base#", "it has a query or a fragment"],
  ["https://idp.example.test//", "its path has more than letters, digits and . _ ~ -"],
  ["https://idp.example.test/base//", "its path has more than letters, digits and . _ ~ -"],
  ["https://idp.example.test/b%2Fase", "its path has more than letters, digits and . _ ~ -"],
  ["https://idp.example.test/a b", "its path has more than letters, digits and . _ ~ -"],
  ["https://idp.example.test/oidc", "its path begins with /oidc, which is a path of the IdP itself"],
  [
    "https://idp.example.test/_harness/x",
    "its path begins with /_harness, which is a path of the IdP itself",
  ],
  ["http://idp.example.test", "it is http, which is for this machine only"],
  ["http://127.0.0.1.example.test", "it is http, which is for this machine only"],
])("%s is refused: %s", (text, problem) => {
  expect(() => readExternalUrl(text)).toThrowError(
    expect.objectContaining({
      code: "ERR_USAGE",
      message: `${JSON.stringify(text)} cannot be the external URL: ${problem}`,
    }),
  );
});

test.each([
  ["/oidc/auth?x=/base/", "/oidc/auth?x=/base/"],
  ["/base/oidc/auth?x=1", "/oidc/auth?x=1"],
  ["/base", "/"],
  ["/base?x", "/?x"],
  ["/base/", "/"],
  ["/based/on", "/based/on"],
  ["/", "/"],
])("below a prefix, %s is %s", (path, own) => {
  expect(ownPath(path, "https://idp.example.test/base")).toBe(own);
  expect(ownPath(path, "https://idp.example.test")).toBe(path);
});
