"""The workbench (工作台): one list of decisions for each role."""
