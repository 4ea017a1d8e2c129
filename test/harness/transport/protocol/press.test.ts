import { expect, test } from "vitest";
import { pressOn } from "../../../../harness/transport/protocol/press.ts";

const PAGE = new URL("http://127.0.0.1:2/app");
const TERMS = `<form method="post" action="/terms"><input type="hidden" name="csrf" value="x"><input type="checkbox" id="read" name="read"><button id="yes" name="agree" value="yes">Agree</button></form>`;

test.each([
  {
    html: `<a id="in" href="/login?a=1">In</a>`,
    press: ["#in"],
    does: "#in GET http://127.0.0.1:2/login?a=1",
  },
  { html: TERMS, press: ["#yes"], does: "#yes POST http://127.0.0.1:2/terms csrf=x&agree=yes" },
  {
    html: TERMS,
    press: ["#read", "#yes"],
    does: "#yes POST http://127.0.0.1:2/terms csrf=x&read=on&agree=yes",
  },
  { html: TERMS, press: ["form"], does: "form POST http://127.0.0.1:2/terms csrf=x" },
  { html: TERMS, press: ["#read"], does: "nothing" },
  { html: `<button id="in">In</button>`, press: ["#in"], does: "nothing" }, // only a script knows what it does
  { html: `<a id="in">In</a>`, press: ["#in"], does: "nothing" },
  { html: `<a id="in" href="http://[">In</a>`, press: ["#in"], does: "nothing" },
  { html: TERMS, press: [], does: "nothing" },
])("$press on $html does $does", ({ html, press, does }) => {
  const pressed = pressOn(html, PAGE, press);
  const told =
    pressed === undefined
      ? "nothing"
      : [pressed.selector, pressed.request.method, pressed.request.url.href, pressed.request.body]
          .filter((part) => part !== undefined)
          .join(" ");
  expect(told).toBe(does);
});
