import { OnClient } from "./OnClient.jsx";
import { Taste } from "./Taste.jsx";

export const App = () => (
  <main>
    <h1>Welcome</h1>
    <OnClient><Taste /></OnClient>
  </main>
);
