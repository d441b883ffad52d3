export default { build: { rolldownOptions: { input: ["index.html", "about.html"] } } };
