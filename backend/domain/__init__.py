"""The steps of 甘民发〔2023〕53号, one file each: pure rules, and the verbs that change rows."""
