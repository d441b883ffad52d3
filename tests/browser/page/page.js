import "./heard.js";
import "/pkg/few-clicks.js";
