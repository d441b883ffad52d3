import { Taste } from "./Taste.jsx";

export const App = () => (
  <main>
    <h1>Welcome</h1>
    <Taste />
  </main>
);
