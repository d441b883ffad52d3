"use client";
import { FewClicks } from "fewclicks/react";
import { useState } from "react";

export function Taste() {
  const [recommendations, setRecommendations] = useState([]);
  return (
    <>
      <FewClicks
        bundle="/bundle"
        messages={{ heading: "What have you seen?" }}
        onRecommend={({ detail }) => setRecommendations(detail.recommendations)}
      >
        <fieldset slot="fallback"><label>A film you like <input name="favourite" /></label></fieldset>
      </FewClicks>
      <h2>For you</h2>
      <ol id="list">{recommendations.map(({ item }) => <li key={item.id}>{item.title}</li>)}</ol>
    </>
  );
}
