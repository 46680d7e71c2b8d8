// The console: its queue and its conversations.

import "./announcing.js";
import "./drafts.js";
import "./keys.js";
import "./replying.js";
import "./talking.js";
import "./waiting.js";
