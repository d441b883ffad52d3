/** VitePress' own theme, with a frame around live recipes. */
import theme from "vitepress/theme-without-fonts";
import "./live.css";

export default theme;
