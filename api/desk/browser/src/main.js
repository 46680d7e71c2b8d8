// What the desk's pages do in a browser; without it every page still works by its forms.

import htmx from "htmx.org";
import "htmx.org/dist/ext/hx-sse.js";
import "./requests.js";
import "./enrolling.js";
import "./console.js";
