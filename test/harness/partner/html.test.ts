import { assert, property, string } from "fast-check";
import { parse } from "node-html-parser";
import { expect, test } from "vitest";
import { html } from "../../../harness/partner/html.ts";
import { renderAccessPage, renderPlainPage, renderSignInRefused } from "../../../harness/partner/pages.ts";

test("values are escaped, markup is not, lists are joined", () => {
  const item = html`<b title="${`"'`}">${"<i>&"}</b>`;
  expect(html`<p>${item}${[item, item]}</p>`.markup).toBe(
    `<p>${`<b title="&quot;&#39;">&lt;i&gt;&amp;</b>`.repeat(3)}</p>`,
  );
});

test("no text of a page can become an element or leave its place", () => {
  assert(
    property(string(), (text) => {
      const page = renderAccessPage({
        application: "App",
        user: text,
        access: "refused",
        heading: text,
        reason: text,
        facts: [{ name: text, value: text }],
        links: [{ href: "/x", text }],
      });
      const root = parse(page);
      expect(root.querySelectorAll("script, img, iframe")).toEqual([]);
      expect(root.getElementById("signed-in-as")?.text).toBe(text);
      expect(root.getElementById("access")?.text).toBe("refused");
    }),
  );
});

test.each([
  { page: renderSignInRefused("App", "<script>alert(1)</script>", []), access: "sign-in refused" },
  { page: renderPlainPage("App", "Home", "<script>alert(1)</script>", []), access: undefined },
])("a page that names nobody: access $access", ({ page, access }) => {
  const root = parse(page);
  expect(root.querySelectorAll("script")).toEqual([]);
  expect(root.getElementById("signed-in-as")).toBeNull();
  expect(root.getElementById("access")?.text).toBe(access);
  expect(root.getElementById("reason")?.text).toBe("<script>alert(1)</script>");
});

test("nothing is loaded from elsewhere", () => {
  const page = renderPlainPage("App", "Home", "text", [{ href: "/portal", text: "Portal" }]);
  expect(page.match(/(?:src|href)="([^"]*)"/g)).toEqual(['href="data:,"', 'href="/portal"']);
  expect(page).not.toMatch(/url\(|@import/);
});
