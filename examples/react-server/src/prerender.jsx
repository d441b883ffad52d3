/** Renders the page once, as a server would for each visitor. */
import { readFileSync, writeFileSync } from "node:fs";
import { renderToString } from "react-dom/server";
import { App } from "./App.jsx";

const page = "dist/index.html";
const html = readFileSync(page, "utf8");
writeFileSync(page, html.replace("<!-- rendered -->", renderToString(<App />)));
