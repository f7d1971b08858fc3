using Microsoft.Build.Evaluation;
using Microsoft.Build.Execution;

class Uses
{
    static async Task Directly(string path, ProjectInstance instance, BuildParameters parameters, BuildRequestData data)
    {
        var project = new Project(path); //! AGD0104
        var loaded = ProjectCollection.GlobalProjectCollection.LoadProject(path); //! AGD0104
        project.Build(); //! AGD0104
        instance.Build(); //! AGD0104
        var result = BuildManager.DefaultBuildManager.Build(parameters, data); //! AGD0104
        project.Save(path); //! AGD0104
        var value = project.GetPropertyValue("a");
        await Task.Yield();
    }
}
