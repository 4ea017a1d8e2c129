import { expect, test } from "vitest";
import { shownPage } from "../../../harness/run/shown-page.ts";
import { withoutValues } from "../../../harness/transport/record.ts";

const TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.c2lnbmF0dXJl";
const CODE = "QgkT68T14ap1E_jwo210fiohmHIbsSI_uEJad8rS1HT";

test.each([
  { html: "<!doctype html><title>App</title><h1>Welcome</h1><p>agent-7@partner.example</p>" },
  { html: `<p>agent-7@partner.example ${TOKEN}</p>`, text: "agent-7@partner.example …" },
  { html: `<p>code=${CODE}&amp;state=x</p>`, text: "…" },
  { html: `<p>Your session: ${CODE}.</p>`, text: "Your session: …" },
  { html: `<pre>&lt;saml:Assertion ID="_1"&gt;agent&lt;/saml:Assertion&gt;</pre>`, text: "…agent…" },
  { html: `<pre>PHNhbWw6QXNzZXJ0aW9uPg==</pre>`, text: "…" },
  { html: `<p>0f3c9a7be1d24c55</p>`, text: "…" },
  { html: `<p>at 2026-01-01T10:00:00Z by second-factor-without-mfa</p>` },
  {
    html: `<input value="${CODE}"><textarea>${CODE}</textarea><script>"${CODE}"</script><p>in</p>`,
    text: "in",
  },
  { html: `<p>{"access_token":"${CODE}","user":"me"}</p>`, text: `{"access_token":"…","user":"me"}` },
])("$html", ({ html, text }) => {
  const shown = shownPage({ url: "http://127.0.0.1/", status: 200, html });
  const all = html.replaceAll(/<!doctype[^>]*>|<title>.*<\/title>/g, "").replaceAll(/<[^>]*>/g, "");
  expect(shown.text.replaceAll("\n", "")).toBe(text ?? all);
});

test("a page without end is cut", () => {
  const html = "<p>many words </p>".repeat(1000);
  expect(shownPage({ url: "http://127.0.0.1/", status: 200, html }).text.length).toBeLessThanOrEqual(1000);
});

test.each([
  { url: `http://127.0.0.1:1/sign-in/${CODE}?code=${CODE}`, kept: "http://127.0.0.1:1/sign-in/*?code" },
  {
    url: "http://127.0.0.1:1/relying-party/sign-in-again",
    kept: "http://127.0.0.1:1/relying-party/sign-in-again",
  },
  { url: `http://u:p@127.0.0.1:1/${TOKEN}#x`, kept: "http://127.0.0.1:1/*" },
])("of $url stays $kept", ({ url, kept }) => {
  expect(withoutValues(new URL(url))).toBe(kept);
});
