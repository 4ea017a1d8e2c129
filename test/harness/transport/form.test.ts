import { parse } from "node-html-parser";
import { expect, test } from "vitest";
import { submitForm } from "../../../harness/transport/form.ts";

const PAGE = new URL("http://127.0.0.1:9/app/page?old=1#top");

function submit(html: string, entered?: Readonly<Record<string, string>>) {
  const form = parse(html, { parseNoneClosedTags: true }).querySelector("form");
  if (form === null) throw new Error("no form");
  const { method, url, body } = submitForm(form, PAGE, entered);
  return `${method} ${url.href} ${body ?? "-"}`;
}

// What browsers send, HTML standard 4.10.21 "Form submission".
test.each([
  { html: `<form></form>`, sent: "GET http://127.0.0.1:9/app/page -" },
  { html: `<form action="/x?y=1"><input name="a" value="1"></form>`, sent: "GET http://127.0.0.1:9/x?a=1 -" },
  {
    html: `<form METHOD="Post" action="next?y=1&amp;z=2"><input name="a" value="&lt;&quot;&amp;"></form>`,
    sent: "POST http://127.0.0.1:9/app/next?y=1&z=2 a=%3C%22%26",
  },
  {
    html: `<form method=post><input name=a disabled value=1><input value=2><input type=submit name=s value=3></form>`,
    sent: "POST http://127.0.0.1:9/app/page?old=1 ",
  },
  {
    html: `<form method=post><input type=checkbox name=a><input type=checkbox name=b checked><input type=radio name=c value=1><input type=radio name=c value=2 checked></form>`,
    sent: "POST http://127.0.0.1:9/app/page?old=1 b=on&c=2",
  },
  {
    html: `<form method=post><textarea name=t>\nx &amp; y</textarea><select name=s><option value=1>a</option><option selected>b</option></select></form>`,
    sent: "POST http://127.0.0.1:9/app/page?old=1 t=x+%26+y&s=b",
  },
  {
    html: `<form method=post><input name=a value="ü"></form>`,
    sent: "POST http://127.0.0.1:9/app/page?old=1 a=%C3%BC",
  },
])("$html → $sent", ({ html, sent }) => {
  expect(submit(html)).toBe(sent);
});

test("what is entered replaces what the field held, and the pressed button is added", () => {
  const html = `<form method=post><input name=user value=old><input type=hidden name=keep value=1></form>`;
  expect(submit(html, { user: "new", action: "sign-in" })).toBe(
    "POST http://127.0.0.1:9/app/page?old=1 keep=1&user=new&action=sign-in",
  );
});
