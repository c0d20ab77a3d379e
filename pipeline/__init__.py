"""From documents to tables, stage by stage; `CONTRIBUTING.md` has the plan."""

#: Environment variable that names another English model of spaCy, one that is installed.
MODEL_VARIABLE = "CITYPACTS_SPACY_MODEL"
