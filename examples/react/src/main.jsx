import { createRoot } from "react-dom/client";
import { Taste } from "./Taste.jsx";

createRoot(document.querySelector("#app")).render(<Taste />);
